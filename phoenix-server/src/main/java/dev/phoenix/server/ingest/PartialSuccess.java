package dev.phoenix.server.ingest;

import java.util.List;

/** What an answer says of the parts of a request that were refused. */
public final class PartialSuccess {

    /**
     * Senders log the message: a handful of reasons tells what is wrong, thousands do not tell
     * more.
     */
    private static final int REASONS_SHOWN = 5;

    private PartialSuccess() {}

    public static String message(List<String> reasons) {
        String shown =
                String.join("; ", reasons.subList(0, Math.min(reasons.size(), REASONS_SHOWN)));
        int more = reasons.size() - REASONS_SHOWN;
        return more > 0 ? shown + "; and " + more + " more" : shown;
    }
}
