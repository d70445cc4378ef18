package dev.phoenix.server.trace;

import dev.phoenix.server.api.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a project that a list is of.
 *
 * @param keyRanges where the spans of a part of time are; null where they are rather read by start
 */
record ListedTime(long projectKey, TimeRange range, @Nullable List<Long> keyRanges) {

    static ListedTime all(long projectKey) {
        return new ListedTime(projectKey, TimeRange.ALL, null);
    }

    /** Whether indexes by ranges of keys are of use. */
    boolean byKeyRanges() {
        return range.isAll() || keyRanges != null;
    }
}
