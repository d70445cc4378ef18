package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Looks for spans by what only their payloads hold, for a limited time: stretch by stretch in the
 * order of the list, until the page is full or the time is up. Where it stopped it says how far it
 * came, and the next page goes on there.
 */
@Service
class PayloadSearch {

    /** Somebody waits; a search that ends early can be continued. */
    private static final Duration LONGEST = Duration.ofMillis(1500);

    private static final int FIRST_STRETCH = 2_000;
    private static final int LONGEST_STRETCH = 1 << 18;

    /**
     * Stretches that take less are followed by longer ones; those that take thrice as long by
     * shorter ones.
     */
    private static final Duration SHORT = Duration.ofMillis(80);

    private final DSLContext database;
    private final SpanReader spans;
    private final Duration longest;
    private final int firstStretch;

    @Autowired
    PayloadSearch(Database database, SpanReader spans) {
        this(database, spans, LONGEST, FIRST_STRETCH);
    }

    /**
     * With other limits.
     *
     * @param firstStretch how many spans to look at before looking at the clock
     */
    PayloadSearch(Database database, SpanReader spans, Duration longest, int firstStretch) {
        this.database = database.read();
        this.spans = spans;
        this.longest = longest;
        this.firstStretch = firstStretch;
    }

    /**
     * @param byStart the order of the list
     */
    SearchedSpans of(
            long projectKey,
            TimeRange range,
            Condition condition,
            Keyset<?> byStart,
            ConnectionRange page) {
        long startedAt = System.nanoTime();
        Keyset<?> order = byStart.of(page);
        Condition listed =
                SPANS.PROJECT_ID
                        .eq(projectKey)
                        .and(range.contains(SPANS.START_NS))
                        .and(byStart.between(page.after(), page.before()));
        List<Listed<Span>> found = new ArrayList<>();
        Condition rest = listed;
        for (int length = firstStretch; ; ) {
            long stretchAt = System.nanoTime();
            Record last = last(order, rest, length);
            Condition stretch = last == null ? rest : rest.and(order.upTo(order.cursor(last)));
            var part = new ListOrder.Part(order, null, stretch, null);
            int wanted = page.limit() + 1 - found.size();
            found.addAll(order.first(spans.part(part, condition, wanted), wanted, Span::from));
            var whole = page.connection(Page.of(found, page.limit()));
            if (last == null || found.size() > page.limit()) {
                return SearchedSpans.whole(whole);
            }
            long now = System.nanoTime();
            String reached = order.cursor(last);
            if (now - startedAt >= longest.toNanos()) {
                return SearchedSpans.interrupted(
                        whole,
                        page.backwards(),
                        reached,
                        Timestamps.instant(last.get(SPANS.START_NS)));
            }
            rest = listed.and(order.after(reached));
            length = next(length, now - stretchAt);
        }
    }

    private int next(int length, long tookNanos) {
        if (tookNanos < SHORT.toNanos()) {
            return Math.min(2 * length, LONGEST_STRETCH);
        }
        return tookNanos > 3 * SHORT.toNanos() ? Math.max(firstStretch, length / 2) : length;
    }

    /** The last row of a stretch; null if less is left. */
    private @Nullable Record last(Keyset<?> order, Condition rest, int length) {
        return database.select(order.selected(), SPANS.ID, SPANS.START_NS)
                .from(SPANS)
                .where(rest)
                .orderBy(order.order())
                .offset(length - 1)
                .limit(1)
                .fetchOne();
    }
}
