package dev.phoenix.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a GraphQL list in the shape Relay expects. */
public record Connection<T>(List<Edge<T>> edges, PageInfo pageInfo) {

    public static final int LARGEST_PAGE = 1000;

    /**
     * @param after the cursor the page was asked with; it names a row before the page
     */
    public static <T> Connection<T> of(Page<Listed<T>> page, @Nullable String after) {
        return of(page.rows(), page.next() != null, after != null);
    }

    static <T> Connection<T> of(List<Listed<T>> rows, boolean hasNext, boolean hasPrevious) {
        List<Edge<T>> edges =
                rows.stream().map(row -> new Edge<>(row.cursor(), row.row())).toList();
        String start = edges.isEmpty() ? null : edges.getFirst().cursor();
        String end = edges.isEmpty() ? null : edges.getLast().cursor();
        return new Connection<>(edges, new PageInfo(hasNext, hasPrevious, start, end));
    }

    /** Checks the size of a page of a list that has a default; null asks for it. */
    public static int limit(@Nullable Integer first, int otherwise) {
        return limit(first == null ? otherwise : first);
    }

    /** Checks the size of a page. */
    public static int limit(int first) {
        if (first < 1 || first > LARGEST_PAGE) {
            throw ApiException.badRequest(
                    "first must be 1..%d, was %d".formatted(LARGEST_PAGE, first));
        }
        return first;
    }

    /** A row and the cursor to continue after it. */
    public record Edge<T>(String cursor, T node) {}

    /** Where the page lies in its list. */
    public record PageInfo(
            boolean hasNextPage,
            boolean hasPreviousPage,
            @Nullable String startCursor,
            @Nullable String endCursor) {}
}
