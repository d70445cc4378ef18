package dev.phoenix.server.ingest.recount;

import java.util.ArrayList;
import java.util.List;

/** What does not match, the first of it word by word. */
public final class Differences {

    private static final int MAX_TOLD = 100;

    private final List<String> told = new ArrayList<>();
    private long count;

    void compare(String what, Object stored, Object recounted) {
        if (!stored.equals(recounted)) {
            add("%s: stored %s, recounted %s".formatted(what, stored, recounted));
        }
    }

    void add(String difference) {
        count++;
        if (told.size() < MAX_TOLD) {
            told.add(difference);
        }
    }

    public long count() {
        return count;
    }

    /** At most a hundred. */
    public List<String> told() {
        return List.copyOf(told);
    }
}
