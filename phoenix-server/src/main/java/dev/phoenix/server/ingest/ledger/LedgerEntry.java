package dev.phoenix.server.ingest.ledger;

import dev.phoenix.server.ingest.decode.Origin;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.decode.RejectionReason;
import dev.phoenix.server.ingest.decode.ShortText;
import java.util.ArrayList;
import java.util.List;

/**
 * Spans of one sender, refused for one reason, that are not yet written to the ledger. Guarded by
 * the ledger's lock.
 */
final class LedgerEntry {

    private static final int MAX_SAMPLES = 5;
    private static final int LONGEST_PROJECT = 200;

    private final Key key;
    private final Origin resource;
    private final String message;
    private final List<Sample> samples = new ArrayList<>();
    private final long firstNs;
    private long lastNs;
    private long spans;

    LedgerEntry(Key key, Rejection first, long nowNs) {
        this.key = key;
        this.resource = first.resource();
        this.message = first.message();
        this.firstNs = nowNs;
        this.lastNs = nowNs;
    }

    void add(Rejection rejection, long nowNs) {
        spans++;
        lastNs = Math.max(lastNs, nowNs);
        if (samples.size() < MAX_SAMPLES) {
            samples.add(Sample.of(rejection));
        }
    }

    /** Takes in what came while this could not be written. */
    void absorb(LedgerEntry later) {
        spans += later.spans;
        lastNs = later.lastNs;
    }

    Key key() {
        return key;
    }

    Origin resource() {
        return resource;
    }

    String message() {
        return message;
    }

    List<Sample> samples() {
        return samples;
    }

    long firstNs() {
        return firstNs;
    }

    long lastNs() {
        return lastNs;
    }

    long spans() {
        return spans;
    }

    /**
     * What rejections have in common that share an entry.
     *
     * @param resourceHash empty where senders had to be thrown together
     */
    record Key(String project, RejectionReason reason, Carrier carrier, String resourceHash) {

        static Key of(Rejection rejection, Carrier carrier) {
            return new Key(
                    ShortText.of(rejection.projectName(), LONGEST_PROJECT),
                    rejection.reason(),
                    carrier,
                    rejection.resource().hash());
        }

        /** For one of more senders than the ledger tells apart at a time. */
        Key ofAnySender() {
            return new Key("", reason, new Carrier("", ""), "");
        }
    }
}
