package dev.phoenix.server.trace;

import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.Connection.Edge;
import dev.phoenix.server.api.Connection.PageInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of spans that were searched for.
 *
 * @param searchedUntil how far the search came; null if the page is as full as it can be
 */
record SearchedSpans(List<Edge<Span>> edges, PageInfo pageInfo, @Nullable Instant searchedUntil) {

    static SearchedSpans whole(Connection<Span> page) {
        return new SearchedSpans(page.edges(), page.pageInfo(), null);
    }

    /** There may be more beyond the cursor, at which the next page goes on. */
    static SearchedSpans interrupted(
            Connection<Span> page, boolean backwards, String cursor, Instant until) {
        PageInfo info = page.pageInfo();
        return new SearchedSpans(
                page.edges(),
                backwards
                        ? new PageInfo(info.hasNextPage(), true, cursor, info.endCursor())
                        : new PageInfo(true, info.hasPreviousPage(), info.startCursor(), cursor),
                until);
    }
}
