package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.api.TimeBins;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableLike;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads what spans cost. */
@Service
public class SpanCosts {

    /** Values of {@code repeats}: from here on a cost does not count there. */
    public static final int REPEATED_IN_PROJECT = 1;

    public static final int REPEATED_IN_SESSION = 2;

    public static final int REPEATED_IN_TRACE = 3;

    /** The columns of {@link #totals}. */
    public static final Field<Long> TOTAL_KEY = field(name("valued", "row_key"), Long.class);

    public static final Field<Double> TOTAL = field(name("valued", "total"), Double.class);

    /** The columns of {@link #calls}. */
    public static final Field<Long> CALL_KEY = field(name("priced", "span_key"), Long.class);

    public static final Field<Double> CALL_COST = field(name("priced", "cost"), Double.class);

    private static final int FETCHED_AT_ONCE = 1000;

    private final DSLContext database;

    SpanCosts(Database database) {
        this.database = database.read();
    }

    /** Spans without cost are left out. */
    public Map<Long, SpanCost> bySpans(Collection<Long> spanKeys) {
        return read(database, spanKeys);
    }

    public static Map<Long, SpanCost> read(DSLContext context, Collection<Long> spanKeys) {
        return context.selectFrom(SPAN_COSTS)
                .where(SPAN_COSTS.SPAN_KEY.in(spanKeys))
                .fetchMap(SPAN_COSTS.SPAN_KEY, SpanCosts::cost);
    }

    /**
     * Sums by type of token.
     *
     * @param repeated costs of spans that repeat this much or more are left out
     * @param group what a sum belongs to
     * @param spanKey the spans of {@code from} that are added up
     */
    public Map<Long, List<CostEntry>> entries(
            int repeated,
            Field<Long> group,
            Field<Long> spanKey,
            TableLike<?> from,
            Condition where) {
        return sums(
                group,
                context ->
                        context.select(group)
                                .select(SPAN_COSTS.fields())
                                .from(from)
                                .join(SPAN_COSTS)
                                .on(SPAN_COSTS.SPAN_KEY.eq(spanKey))
                                .where(where, SPAN_COSTS.REPEATS.lt(repeated)));
    }

    /**
     * The sum of all.
     *
     * @param spanKey the spans of {@code from} that are added up
     */
    public CostSummary sum(Field<Long> spanKey, TableLike<?> from, Condition where) {
        Record sums =
                database.select(
                                DSL.sum(SPAN_COSTS.PROMPT_TOKENS),
                                DSL.sum(SPAN_COSTS.COMPLETION_TOKENS),
                                DSL.sum(SPAN_COSTS.PROMPT_COST),
                                DSL.sum(SPAN_COSTS.COMPLETION_COST),
                                DSL.count(SPAN_COSTS.PROMPT_COST),
                                DSL.count(SPAN_COSTS.COMPLETION_COST))
                        .from(from)
                        .join(SPAN_COSTS)
                        .on(SPAN_COSTS.SPAN_KEY.eq(spanKey))
                        .where(where, SPAN_COSTS.REPEATS.lt(inline(REPEATED_IN_PROJECT)))
                        .fetchSingle();
        return CostSummary.of(
                orZero(sums, 0),
                orZero(sums, 1),
                orZero(sums, 2),
                orZero(sums, 3),
                orZero(sums, 4),
                orZero(sums, 5));
    }

    private static double orZero(Record sums, int place) {
        Double sum = sums.get(place, Double.class);
        return sum == null ? 0 : sum;
    }

    /**
     * Sums by type of token for each bin of a chart; bins without calls are left out.
     *
     * @param unitNs a part of time that never lies in two bins
     */
    public Map<Integer, List<CostEntry>> byTime(long projectKey, TimeBins bins, long unitNs) {
        Field<Long> unit = SPAN_COSTS.START_NS.minus(SPAN_COSTS.START_NS.mod(inline(unitNs)));
        Condition calls =
                SPAN_COSTS
                        .PROJECT_ID
                        .eq(projectKey)
                        .and(bins.range().contains(SPAN_COSTS.START_NS))
                        .and(SPAN_COSTS.REPEATS.lt(inline(REPEATED_IN_PROJECT)));
        Map<Integer, CostEntries> sums = new HashMap<>();
        Field<BigDecimal> prompt = DSL.sum(SPAN_COSTS.PROMPT_TOKENS);
        Field<BigDecimal> completion = DSL.sum(SPAN_COSTS.COMPLETION_TOKENS);
        database.select(unit, prompt, completion)
                .from(SPAN_COSTS)
                .where(calls, SPAN_COSTS.DETAILS.isNull())
                .groupBy(unit)
                .forEach(
                        row ->
                                at(sums, bins, row.value1())
                                        .add(
                                                SpanCost.ofRow(
                                                        null,
                                                        tokens(row.value2()),
                                                        tokens(row.value3()),
                                                        null)));
        database.transaction(
                transaction -> {
                    var rows =
                            transaction
                                    .dsl()
                                    .select(SPAN_COSTS.START_NS, SPAN_COSTS.DETAILS)
                                    .from(SPAN_COSTS)
                                    .where(calls, SPAN_COSTS.DETAILS.isNotNull())
                                    .fetchSize(FETCHED_AT_ONCE);
                    try (var cursor = rows.fetchLazy()) {
                        cursor.forEach(
                                row ->
                                        at(sums, bins, row.value1())
                                                .add(
                                                        new SpanCost(
                                                                null,
                                                                DetailsJson.read(row.value2()))));
                    }
                });
        return sums.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().list()));
    }

    private static CostEntries at(Map<Integer, CostEntries> sums, TimeBins bins, long timeNs) {
        return sums.computeIfAbsent(bins.indexOf(timeNs), _ -> new CostEntries());
    }

    private static Breakdown tokens(@Nullable BigDecimal sum) {
        return new Breakdown(sum == null ? null : (Double) sum.doubleValue(), null);
    }

    Map<Long, List<CostEntry>> ofModels(Collection<Long> modelKeys, Condition where) {
        return sums(
                SPAN_COSTS.MODEL_ID,
                context ->
                        context.select(SPAN_COSTS.fields())
                                .from(SPAN_COSTS)
                                .where(SPAN_COSTS.MODEL_ID.in(modelKeys), where)
                                .and(SPAN_COSTS.REPEATS.lt(inline(REPEATED_IN_PROJECT))));
    }

    /** Row by row, however many there are: types of tokens are data, not columns. */
    private Map<Long, List<CostEntry>> sums(
            Field<Long> group, Function<DSLContext, ResultQuery<Record>> query) {
        Map<Long, CostEntries> groups = new HashMap<>();
        database.transaction(
                transaction -> {
                    var rows = query.apply(transaction.dsl()).fetchSize(FETCHED_AT_ONCE);
                    try (Cursor<Record> cursor = rows.fetchLazy()) {
                        cursor.forEach(
                                row ->
                                        groups.computeIfAbsent(
                                                        row.get(group), _ -> new CostEntries())
                                                .add(cost(row)));
                    }
                });
        Map<Long, List<CostEntry>> entries = new HashMap<>();
        groups.forEach((key, sums) -> entries.put(key, sums.list()));
        return entries;
    }

    /**
     * What to add to sums of traces, as they are in the table of traces, where several of them
     * report one call: less than nothing.
     *
     * @param repeated spans that repeat this much count in their traces only
     * @param groups what a row is to be taken from
     */
    public static Select<? extends Record> countedElsewhere(
            int repeated,
            List<Field<Long>> groups,
            Field<Long> spanKey,
            TableLike<?> spans,
            Condition where) {
        return select(groups)
                .select(
                        coalesce(SPAN_COSTS.PROMPT_TOKENS, inline(0L)).neg(),
                        coalesce(SPAN_COSTS.COMPLETION_TOKENS, inline(0L)).neg(),
                        coalesce(SPAN_COSTS.PROMPT_COST, inline(0.0)).neg(),
                        coalesce(SPAN_COSTS.COMPLETION_COST, inline(0.0)).neg(),
                        when(SPAN_COSTS.PROMPT_COST.isNull(), inline(0L)).otherwise(inline(-1L)),
                        when(SPAN_COSTS.COMPLETION_COST.isNull(), inline(0L))
                                .otherwise(inline(-1L)))
                .from(SPAN_COSTS)
                .join(spans)
                .on(SPAN_COSTS.SPAN_KEY.eq(spanKey))
                // In the words of the index.
                .where(SPAN_COSTS.REPEATS.gt(inline(0)))
                .and(SPAN_COSTS.REPEATS.between(inline(repeated), inline(REPEATED_IN_TRACE - 1)))
                .and(where);
    }

    public static Condition isOf(Collection<Long> projectKeys) {
        return SPAN_COSTS.PROJECT_ID.in(projectKeys);
    }

    /** What the spans of a project that have a price cost, to be joined with them. */
    public static Table<?> totals(long projectKey, TimeRange range) {
        return select(SPAN_COSTS.SPAN_KEY.as("row_key"), total().as("total"))
                .from(SPAN_COSTS)
                .where(SPAN_COSTS.PROJECT_ID.eq(projectKey))
                .and(range.contains(SPAN_COSTS.START_NS))
                .and(isPriced())
                .asTable("valued");
    }

    /**
     * The spans of a project that have a price and count in their traces, to be joined with them.
     */
    public static Table<?> calls(long projectKey) {
        return select(SPAN_COSTS.SPAN_KEY.as("span_key"), total().as("cost"))
                .from(SPAN_COSTS)
                .where(SPAN_COSTS.PROJECT_ID.eq(projectKey), isPriced())
                .and(SPAN_COSTS.REPEATS.lt(inline(REPEATED_IN_TRACE)))
                .asTable("priced");
    }

    /** What one span costs; null without a price. */
    public static Field<Double> totalOf(Field<Long> spanKey) {
        return DSL.field(
                select(total())
                        .from(SPAN_COSTS)
                        .where(SPAN_COSTS.SPAN_KEY.eq(spanKey), isPriced()));
    }

    /** Written as in the index, which SQLite compares letter by letter. */
    private static Field<Double> total() {
        Field<Double> none = inline(0).coerce(Double.class);
        return coalesce(SPAN_COSTS.PROMPT_COST, none)
                .plus(coalesce(SPAN_COSTS.COMPLETION_COST, none));
    }

    /** Whether a span has no price, so that it is not among {@link #totals}. */
    public static Condition lacksTotal(Field<Long> spanKey) {
        return notExists(
                selectOne().from(SPAN_COSTS).where(SPAN_COSTS.SPAN_KEY.eq(spanKey), isPriced()));
    }

    private static Condition isPriced() {
        return SPAN_COSTS.PROMPT_COST.isNotNull().or(SPAN_COSTS.COMPLETION_COST.isNotNull());
    }

    static SpanCost cost(Record row) {
        return SpanCost.ofRow(
                row.get(SPAN_COSTS.MODEL_ID),
                side(row.get(SPAN_COSTS.PROMPT_TOKENS), row.get(SPAN_COSTS.PROMPT_COST)),
                side(row.get(SPAN_COSTS.COMPLETION_TOKENS), row.get(SPAN_COSTS.COMPLETION_COST)),
                row.get(SPAN_COSTS.DETAILS));
    }

    private static Breakdown side(@Nullable Long tokens, @Nullable Double cost) {
        return new Breakdown(tokens == null ? null : (Double) (double) tokens, cost);
    }
}
