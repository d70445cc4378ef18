package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.db.LlmMarker;
import dev.phoenix.server.db.jooq.tables.ProjectSessions;
import dev.phoenix.server.db.jooq.tables.SpanCosts;
import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.db.jooq.tables.Traces;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The columns behind the names of spans, traces and sessions. */
final class Columns {

    /** What spans keep of their attributes in a column. */
    private static final List<List<Object>> KEPT =
            List.of(List.of("user", "id"), List.of("session", "id"));

    /** What spans say about their call, as far as their columns tell. */
    static final String STATED_MODEL = "stated_model_name";

    static final String STATED_TOTAL = "stated_token_count_total";

    private Columns() {}

    private static final Field<Double> NONE = inline(0).coerce(Double.class);

    /** Whether an attribute's text can be read without the attributes. */
    static boolean isKept(Term.Json json) {
        return json.row().source() == Source.SPAN && KEPT.contains(json.paths().getFirst());
    }

    static Field<String> kept(Spans span, List<Object> path) {
        return path.getFirst().equals("user") ? span.USER_ID : span.SESSION_ID;
    }

    /**
     * A whole number, so that comparisons with it can use an index; null for other columns.
     *
     * @param unit how many of the column are one of the name
     */
    record Whole(Field<Long> column, int unit) {}

    static final int NANOS_PER_MILLI = 1_000_000;

    static Object of(Table<?> row, String name) {
        return switch (row) {
            case Spans span -> ofSpan(span, name);
            case Traces trace -> ofTrace(trace, name);
            case ProjectSessions session -> ofSession(session, name);
            default -> throw new IllegalArgumentException(row + " has no columns here");
        };
    }

    private static Object ofSpan(Spans span, String name) {
        return switch (name) {
            case "span_id" -> span.SPAN_ID;
            case "trace_id" ->
                    field(
                            select(TRACES.as("own").TRACE_ID)
                                    .from(TRACES.as("own"))
                                    .where(TRACES.as("own").ID.eq(span.TRACE_KEY)));
            case "parent_id" -> span.PARENT_SPAN_ID;
            case "span_kind" -> span.SPAN_KIND;
            case "name" -> span.NAME;
            case "status_code" -> span.STATUS_CODE;
            case "status_message" -> span.STATUS_MESSAGE;
            case "latency_ms" -> new Whole(span.END_NS.minus(span.START_NS), NANOS_PER_MILLI);
            case "start_time" -> span.START_NS;
            case "end_time" -> span.END_NS;
            case "cumulative_error_count" -> whole(span.CUMULATIVE_ERROR_COUNT);
            case "cumulative_llm_token_count_prompt" -> whole(span.CUMULATIVE_PROMPT_TOKENS);
            case "cumulative_llm_token_count_completion" ->
                    whole(span.CUMULATIVE_COMPLETION_TOKENS);
            case "cumulative_llm_token_count_total" ->
                    whole(span.CUMULATIVE_PROMPT_TOKENS.plus(span.CUMULATIVE_COMPLETION_TOKENS));
            case "llm_token_count_prompt" -> whole(span.PROMPT_TOKENS);
            case "llm_token_count_completion" -> whole(span.COMPLETION_TOKENS);
            case "llm_token_count_total" -> whole(tokens(span));
            case STATED_TOTAL -> whole(statedTotal(span));
            case STATED_MODEL -> statedModel(span);
            case "prompt_cost", "completion_cost", "total_cost" -> cost(span, name);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Field<Long> tokens(Spans span) {
        return coalesce(span.PROMPT_TOKENS, inline(0L))
                .plus(coalesce(span.COMPLETION_TOKENS, inline(0L)));
    }

    private static Field<Long> statedTotal(Spans span) {
        Condition stated =
                DSL.bitAnd(span.LLM_MARKER, inline(LlmMarker.TOTAL)).eq(inline(LlmMarker.TOTAL));
        return when(stated, tokens(span));
    }

    /** Of embeddings and rerankers the column has the name from another attribute. */
    private static Field<String> statedModel(Spans span) {
        return when(span.SPAN_KIND.notIn(inline("EMBEDDING"), inline("RERANKER")), span.MODEL_NAME);
    }

    private static Field<Double> cost(Spans span, String name) {
        SpanCosts cost = SPAN_COSTS.as("own_cost");
        Field<Double> found =
                field(
                        select(side(name, cost.PROMPT_COST, cost.COMPLETION_COST))
                                .from(cost)
                                .where(cost.SPAN_KEY.eq(span.ID)));
        return coalesce(found, inline(0.0));
    }

    static boolean isCost(Term.Column column) {
        return column.row().source() == Source.SPAN && column.member().name().endsWith("_cost");
    }

    /**
     * Whether what a span costs fits, as a search for a cost that decides it: engines find none
     * faster than they read one.
     *
     * @param nothingFits whether nothing would fit, which is what most spans cost
     */
    static Condition costFits(
            Spans span, String name, boolean nothingFits, Function<Field<Double>, Condition> fits) {
        SpanCosts cost = SPAN_COSTS.as("own_cost");
        var own = selectOne().from(cost).where(cost.SPAN_KEY.eq(span.ID));
        if (nothingFits) {
            Field<Double> side = side(name, cost.PROMPT_COST, cost.COMPLETION_COST);
            return DSL.notExists(own.and(DSL.not(fits.apply(coalesce(side, inline(0.0))))));
        }
        // In the words of the index, by which PostgreSQL finds the costs of the project that fit.
        return DSL.exists(
                own.and(cost.PROJECT_ID.eq(span.PROJECT_ID))
                        .and(cost.PROMPT_COST.isNotNull().or(cost.COMPLETION_COST.isNotNull()))
                        .and(fits.apply(side(name, cost.PROMPT_COST, cost.COMPLETION_COST))));
    }

    private static Field<Double> side(String name, Field<Double> prompt, Field<Double> completion) {
        return switch (name) {
            case "prompt_cost" -> prompt;
            case "completion_cost" -> completion;
            default -> coalesce(prompt, NONE).plus(coalesce(completion, NONE));
        };
    }

    private static Object ofTrace(Traces trace, String name) {
        return switch (name) {
            case "trace_id" -> trace.TRACE_ID;
            case "latency_ms" -> new Whole(trace.END_NS.minus(trace.START_NS), NANOS_PER_MILLI);
            case "start_time" -> trace.START_NS;
            case "end_time" -> trace.END_NS;
            case "num_spans" -> whole(trace.SPAN_COUNT);
            case "error_count" -> whole(trace.ERROR_COUNT);
            case "token_count_prompt" -> whole(trace.PROMPT_TOKENS);
            case "token_count_completion" -> whole(trace.COMPLETION_TOKENS);
            case "token_count_total" -> whole(trace.PROMPT_TOKENS.plus(trace.COMPLETION_TOKENS));
            case "prompt_cost", "completion_cost", "total_cost" ->
                    side(name, trace.PROMPT_COST, trace.COMPLETION_COST);
            case "tool_span_count", "llm_span_count" -> {
                Spans span = SPANS.as("counted");
                yield whole(
                        field(
                                select(count().cast(Long.class))
                                        .from(span)
                                        .where(span.TRACE_KEY.eq(trace.ID))
                                        .and(span.SPAN_KIND.eq(kind(name)))));
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Object ofSession(ProjectSessions session, String name) {
        return switch (name) {
            case "session_id" -> session.SESSION_ID;
            case "duration_ms" ->
                    new Whole(session.END_NS.minus(session.START_NS), NANOS_PER_MILLI);
            case "start_time" -> session.START_NS;
            case "end_time" -> session.END_NS;
            case "num_traces" -> whole(session.TRACE_COUNT);
            case "num_traces_with_error" -> whole(session.ERROR_TRACE_COUNT);
            case "token_count_prompt" -> whole(session.PROMPT_TOKENS);
            case "token_count_completion" -> whole(session.COMPLETION_TOKENS);
            case "token_count_total" ->
                    whole(session.PROMPT_TOKENS.plus(session.COMPLETION_TOKENS));
            case "prompt_cost", "completion_cost", "total_cost" -> {
                Traces trace = TRACES.as("counted_trace");
                yield coalesce(
                        DSL.<Double>field(
                                select(
                                                sum(side(
                                                                name,
                                                                trace.PROMPT_COST,
                                                                trace.COMPLETION_COST))
                                                        .cast(Double.class))
                                        .from(trace)
                                        .where(trace.SESSION_KEY.eq(session.ID))),
                        inline(0.0));
            }
            case "tool_span_count", "llm_span_count" -> {
                Spans span = SPANS.as("counted");
                Traces trace = TRACES.as("counted_trace");
                yield whole(
                        field(
                                select(count().cast(Long.class))
                                        .from(trace)
                                        .join(span)
                                        .on(span.TRACE_KEY.eq(trace.ID))
                                        .where(trace.SESSION_KEY.eq(session.ID))
                                        .and(span.SPAN_KIND.eq(kind(name)))));
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Whether a number is that of some of the spans. */
    static boolean isCounted(String name) {
        return name.equals("tool_span_count") || name.equals("llm_span_count");
    }

    private static Field<String> kind(String name) {
        return inline(name.startsWith("tool") ? "TOOL" : "LLM");
    }

    private static Whole whole(Field<Long> column) {
        return new Whole(column, 1);
    }

    static Table<?> table(Source source) {
        return switch (source) {
            case SPAN -> SPANS;
            case TRACE -> TRACES;
            case SESSION -> PROJECT_SESSIONS;
            default -> throw new IllegalArgumentException(source + " rows are chosen with another");
        };
    }
}
