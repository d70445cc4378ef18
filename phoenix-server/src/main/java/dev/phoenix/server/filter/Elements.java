package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSION_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static dev.phoenix.server.db.jooq.Tables.TRACE_ANNOTATIONS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.jooq.tables.ProjectSessionAnnotations;
import dev.phoenix.server.db.jooq.tables.ProjectSessions;
import dev.phoenix.server.db.jooq.tables.SpanAnnotations;
import dev.phoenix.server.db.jooq.tables.SpanCosts;
import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.db.jooq.tables.TraceAnnotations;
import dev.phoenix.server.db.jooq.tables.Traces;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;

/**
 * The rows that the elements of a comprehension are.
 *
 * @param link which of the table's rows belong to the owner
 */
record Elements(Table<?> row, Condition link) {

    static Elements of(Many many, Table<?> owner, int id, Engine engine) {
        String alias = "e" + id;
        return switch (many) {
            case SPANS_OF_TRACE -> spans(alias, ((Traces) owner).ID);
            case SPANS_OF_ELEMENT -> spans(alias, ((Traces) owner).ID);
            case CHILDREN -> children(alias, (Spans) owner);
            case SIBLINGS -> siblings(alias, (Spans) owner);
            case TRACES_OF_SESSION -> {
                Traces trace = TRACES.as(alias);
                yield one(trace, trace.SESSION_KEY.eq(((ProjectSessions) owner).ID));
            }
            case SPANS_OF_SESSION -> {
                Spans span = SPANS.as(alias);
                yield one(span, span.TRACE_KEY.in(tracesOf((ProjectSessions) owner)));
            }
            case ANNOTATIONS_OF_TRACE -> {
                TraceAnnotations annotation = TRACE_ANNOTATIONS.as(alias);
                yield one(annotation, annotation.TRACE_KEY.eq(((Traces) owner).ID));
            }
            case ANNOTATIONS_OF_SESSION -> {
                ProjectSessionAnnotations annotation = PROJECT_SESSION_ANNOTATIONS.as(alias);
                yield one(annotation, annotation.SESSION_KEY.eq(((ProjectSessions) owner).ID));
            }
            case ANNOTATIONS_OF_ELEMENT, SPAN_ANNOTATIONS_OF_TRACE, SPAN_ANNOTATIONS_OF_SESSION -> {
                SpanAnnotations annotation = SPAN_ANNOTATIONS.as(alias);
                yield one(annotation, annotation.SPAN_KEY.in(spanKeys(owner)));
            }
            case COSTS_OF_SPAN, COSTS_OF_ELEMENT, COSTS_OF_TRACE, COSTS_OF_SESSION ->
                    costs(alias, owner, engine);
        };
    }

    private static Elements spans(String alias, Field<Long> traceKey) {
        Spans span = SPANS.as(alias);
        return one(span, span.TRACE_KEY.eq(traceKey));
    }

    private static Elements children(String alias, Spans parent) {
        Spans child = SPANS.as(alias);
        return one(
                child,
                child.TRACE_KEY.eq(parent.TRACE_KEY).and(child.PARENT_SPAN_ID.eq(parent.SPAN_ID)));
    }

    /** Spans without a parent, or whose parent was never received, have none. */
    private static Elements siblings(String alias, Spans span) {
        Spans sibling = SPANS.as(alias);
        return one(
                sibling,
                sibling.TRACE_KEY
                        .eq(span.TRACE_KEY)
                        .and(sibling.PARENT_SPAN_ID.eq(span.PARENT_SPAN_ID))
                        .and(sibling.ID.ne(span.ID))
                        .and(exists(selectOne().from(parent()).where(isParentOf(span)))));
    }

    static Spans parent() {
        return SPANS.as("parent");
    }

    /** In the same trace. */
    static Condition isParentOf(Spans span) {
        return parent().SPAN_ID.eq(span.PARENT_SPAN_ID).and(parent().TRACE_KEY.eq(span.TRACE_KEY));
    }

    private static Select<Record1<Long>> tracesOf(ProjectSessions session) {
        Traces trace = TRACES.as("in_session");
        return select(trace.ID).from(trace).where(trace.SESSION_KEY.eq(session.ID));
    }

    private static Select<Record1<Long>> spanKeys(Table<?> owner) {
        Spans span = SPANS.as("owned");
        return switch (owner) {
            case Spans self -> select(self.ID);
            case Traces trace -> select(span.ID).from(span).where(span.TRACE_KEY.eq(trace.ID));
            case ProjectSessions session ->
                    select(span.ID).from(span).where(span.TRACE_KEY.in(tracesOf(session)));
            default -> throw new IllegalArgumentException(owner + " has no spans");
        };
    }

    /** Details are stored as arrays of type, whether prompt (1 or 0), tokens and cost. */
    private static Elements costs(String alias, Table<?> owner, Engine engine) {
        SpanCosts cost = SPAN_COSTS.as("priced");
        Table<?> details =
                switch (engine) {
                    case SQLITE -> table("json_each({0}) AS detail", cost.DETAILS);
                    case POSTGRESQL ->
                            table("json_array_elements({0}::json) AS detail(value)", cost.DETAILS);
                };
        Field<Double> tokens = number(2);
        Field<Double> price = number(3);
        Field<Double> each =
                field(
                        "CASE WHEN {0} <> 0 THEN coalesce({1}, 0) / {0} END",
                        Double.class, tokens, price);
        Table<?> row =
                select(
                                field("detail.value ->> 0", String.class).as("token_type"),
                                field("(detail.value ->> 1) = {0}", Boolean.class, prompt(engine))
                                        .as("is_prompt"),
                                tokens.as("tokens"),
                                price.as("cost"),
                                each.as("cost_per_token"))
                        .from(cost, details)
                        .where(cost.SPAN_KEY.in(spanKeys(owner)))
                        .asTable(alias);
        return one(row, noCondition());
    }

    private static Field<?> prompt(Engine engine) {
        return engine == Engine.SQLITE ? inline(1) : inline("1");
    }

    private static Field<Double> number(int place) {
        return field("CAST(detail.value ->> {0} AS double precision)", Double.class, inline(place));
    }

    private static Elements one(Table<?> row, Condition link) {
        return new Elements(row, link);
    }
}
