package dev.phoenix.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a connection that are asked for: the first of those between two cursors, or the last
 * of them.
 *
 * @param backwards whether rows are read from the end, so that a page comes in the opposite order
 */
public record ConnectionRange(
        int limit, boolean backwards, @Nullable String after, @Nullable String before) {

    /** The first rows after a cursor. */
    public static ConnectionRange first(int limit, @Nullable String after) {
        return new ConnectionRange(limit, false, after, null);
    }

    /**
     * @param first has a default, and is therefore not looked at where {@code last} is given
     */
    public static ConnectionRange of(
            int first, @Nullable Integer last, @Nullable String after, @Nullable String before) {
        return last == null
                ? new ConnectionRange(Connection.limit(first), false, after, before)
                : new ConnectionRange(checkedLast(last), true, after, before);
    }

    private static int checkedLast(int last) {
        if (last < 1 || last > Connection.LARGEST_PAGE) {
            throw ApiException.badRequest(
                    "last must be 1..%d, was %d".formatted(Connection.LARGEST_PAGE, last));
        }
        return last;
    }

    /** Makes the connection of a page that was read in this range. */
    public <T> Connection<T> connection(Page<Listed<T>> page) {
        List<Listed<T>> rows = backwards ? page.rows().reversed() : page.rows();
        boolean more = page.next() != null;
        boolean next = backwards ? before != null : more || before != null;
        boolean previous = backwards ? more || after != null : after != null;
        return Connection.of(rows, next, previous);
    }
}
