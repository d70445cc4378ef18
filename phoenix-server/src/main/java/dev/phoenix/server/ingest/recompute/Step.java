package dev.phoenix.server.ingest.recompute;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;

import dev.phoenix.server.cost.CostRecomputation;
import dev.phoenix.server.cost.Prices;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.cost.Usage;
import dev.phoenix.server.db.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The next spans of a job and what they cost now, computed without holding the writer.
 *
 * @param nextKey where the step after this one begins
 * @param changes the spans whose stored cost is another
 */
record Step(long nextKey, int examined, List<Change> changes) {

    /** As much as one transaction of the writer changes. */
    private static final int MOST_SPANS = 200;

    /** How far one query looks, whatever it finds. */
    private static final long MOST_KEYS = 20_000;

    /** Payloads in memory at once. */
    private static final int MOST_PAYLOADS = 20;

    /**
     * @param before what is stored, as far as this step has seen
     */
    record Change(
            long spanKey,
            long projectKey,
            long startNs,
            @Nullable SpanCost before,
            @Nullable SpanCost cost) {}

    private record Span(long key, long projectKey, long startNs) {}

    static Step of(CostRecomputation job, DSLContext reader, Prices prices) {
        long end = Math.min(job.nextKey() + MOST_KEYS, job.endKey());
        List<Span> spans = spans(job, reader, end);
        long next = spans.size() < MOST_SPANS ? end : spans.getLast().key + 1;
        List<Change> changes = new ArrayList<>();
        for (int from = 0; from < spans.size(); from += MOST_PAYLOADS) {
            var some = spans.subList(from, Math.min(from + MOST_PAYLOADS, spans.size()));
            changes.addAll(changes(job, reader, prices, some));
        }
        return new Step(next, spans.size(), changes);
    }

    private static List<Span> spans(CostRecomputation job, DSLContext reader, long end) {
        Condition project =
                job.projectKey() == null
                        ? DSL.noCondition()
                        : SPANS.PROJECT_ID.eq(job.projectKey());
        return reader.select(SPANS.ID, SPANS.PROJECT_ID, SPANS.START_NS)
                .from(SPANS)
                .where(SPANS.ID.ge(job.nextKey()), SPANS.ID.lt(end))
                .and(SPANS.SPAN_KIND.in(Usage.KINDS))
                .and(project)
                .and(job.timeRange().contains(SPANS.START_NS))
                .orderBy(SPANS.ID)
                .limit(MOST_SPANS)
                .fetch(row -> new Span(row.value1(), row.value2(), row.value3()));
    }

    private static List<Change> changes(
            CostRecomputation job, DSLContext reader, Prices prices, List<Span> spans) {
        List<Long> keys = spans.stream().map(Span::key).toList();
        Map<Long, SpanCost> before = SpanCosts.read(reader, keys);
        Map<Long, SpanCost> after = new HashMap<>();
        Field<String> text = Documents.text(SPAN_PAYLOADS.ATTRIBUTES);
        Map<Long, String> payloads =
                reader.select(SPAN_PAYLOADS.SPAN_KEY, text)
                        .from(SPAN_PAYLOADS)
                        .where(SPAN_PAYLOADS.SPAN_KEY.in(keys))
                        .fetchMap(SPAN_PAYLOADS.SPAN_KEY, text);
        for (Span span : spans) {
            String attributes = payloads.get(span.key);
            SpanCost cost =
                    attributes == null
                            ? null
                            : prices.cost(StoredUsage.of(attributes), span.startNs);
            if (cost != null) {
                after.put(span.key, cost);
            }
        }
        return spans.stream()
                .map(
                        span ->
                                new Change(
                                        span.key,
                                        span.projectKey,
                                        span.startNs,
                                        before.get(span.key),
                                        after.get(span.key)))
                .filter(change -> !Objects.equals(change.before, change.cost))
                .filter(change -> job.concerns(change.before, change.cost))
                .toList();
    }
}
