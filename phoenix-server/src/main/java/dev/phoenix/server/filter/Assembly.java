package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSION_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_ANNOTATIONS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACE_ANNOTATIONS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.phoenix.server.db.Documents;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.jooq.tables.ProjectSessionAnnotations;
import dev.phoenix.server.db.jooq.tables.ProjectSessions;
import dev.phoenix.server.db.jooq.tables.SpanAnnotations;
import dev.phoenix.server.db.jooq.tables.SpanPayloads;
import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.db.jooq.tables.TraceAnnotations;
import dev.phoenix.server.db.jooq.tables.Traces;
import dev.phoenix.server.filter.Needs.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Puts a condition into a query: what only the row itself decides comes first, so that an index can
 * be walked; attributes are read once for each row that is left, by key; annotations last.
 */
final class Assembly {

    private static final Table<?> ONE = DSL.table(select(inline(1).as("x"))).as("one");
    private static final SpanPayloads PAYLOAD = SPAN_PAYLOADS.as("payload");
    private static final Spans CALL = SPANS.as("call");

    private final Engine engine;
    private final Row root;
    private final Table<?> table;

    private Assembly(Engine engine, Source source, Table<?> table) {
        this.engine = engine;
        this.root = new Row(0, source);
        this.table = table;
    }

    static Condition of(Engine engine, Source source, Check check, Table<?> table) {
        return new Assembly(engine, source, table).assemble(check);
    }

    /** Of more spans than those whose columns do not tell what they say about their call. */
    static boolean readsPayloads(Check check) {
        return parts(check).stream()
                .anyMatch(part -> Needs.of(part).attributes() && CallColumns.check(part) == null);
    }

    private Condition assemble(Check check) {
        List<Check> own = new ArrayList<>();
        List<Check> attributes = new ArrayList<>();
        List<Check> annotated = new ArrayList<>();
        Condition calls = noCondition();
        for (Check part : parts(check)) {
            Needs needs = Needs.of(part);
            Check columns = table instanceof Spans ? CallColumns.check(part) : null;
            if (!needs.annotations().isEmpty()) {
                annotated.add(part);
            } else if (!needs.attributes()) {
                own.add(part);
            } else if (columns != null) {
                calls = calls.and(onCall(part, columns, (Spans) table));
            } else {
                attributes.add(part);
            }
        }
        Condition all = compiler(Beside.NOTHING).all(own).and(calls);
        if (!attributes.isEmpty()) {
            all = all.and(onAttributes(attributes));
        }
        return annotated.isEmpty() ? all : all.and(onAnnotations(annotated));
    }

    private static List<Check> parts(Check check) {
        return check instanceof Check.And(List<Check> parts)
                ? parts.stream().flatMap(part -> parts(part).stream()).toList()
                : List.of(check);
    }

    /**
     * What columns decide for most spans. PostgreSQL reads a list's index without its rows only
     * where all else is asked apart.
     *
     * @param columns the same condition on columns
     */
    private Condition onCall(Check check, Check columns, Spans span) {
        Condition exact =
                switch (engine) {
                    case SQLITE -> onCall(check, columns);
                    case POSTGRESQL -> {
                        Condition ofCall =
                                new Assembly(engine, Source.SPAN, CALL).onCall(check, columns);
                        yield condition(
                                "({0})",
                                field(select(field(ofCall)).from(CALL).where(CALL.ID.eq(span.ID))));
                    }
                };
        return CallColumns.may(check, span).and(exact);
    }

    private Condition onCall(Check check, Check columns) {
        return condition(
                "CASE WHEN {0} THEN ({1}) ELSE ({2}) END",
                CallColumns.isUnknown((Spans) table),
                onAttributes(List.of(check)),
                compiler(Beside.NOTHING).compile(columns));
    }

    /** As a value, which no engine turns into a join: rows come in the order of the list. */
    private Condition onAttributes(List<Check> checks) {
        Field<String> attributes = Documents.text(PAYLOAD.ATTRIBUTES);
        Condition all = compiler(new Beside(attributes, Map.of())).all(checks);
        Condition cheap = new Mentions(engine, attributes).of(checks);
        Field<Boolean> value = field(cheap.and(all));
        Select<?> read =
                root.source() == Source.SPAN
                        ? select(value).from(PAYLOAD).where(PAYLOAD.SPAN_KEY.eq(spanKey()))
                        : select(value)
                                .from(ONE)
                                .leftJoin(PAYLOAD)
                                .on(PAYLOAD.SPAN_KEY.eq(spanKey()));
        return condition("({0})", field("({0})", Boolean.class, read));
    }

    /** Several annotations of one name are several chances for the condition to hold. */
    private Condition onAnnotations(List<Check> checks) {
        Set<Named> names = new LinkedHashSet<>();
        boolean attributes = false;
        for (Check check : checks) {
            Needs needs = Needs.of(check);
            names.addAll(needs.annotations());
            attributes |= needs.attributes();
        }
        Map<Named, Table<?>> joined = new LinkedHashMap<>();
        Table<?> from = ONE;
        for (Named named : names) {
            Joined annotation = joined(named, "a" + joined.size());
            from = from.leftJoin(annotation.table).on(annotation.on);
            joined.put(named, annotation.table);
        }
        if (attributes) {
            from = from.leftJoin(PAYLOAD).on(PAYLOAD.SPAN_KEY.eq(spanKey()));
        }
        var beside = new Beside(attributes ? Documents.text(PAYLOAD.ATTRIBUTES) : null, joined);
        return exists(selectOne().from(from).where(compiler(beside).all(checks)));
    }

    /** A table, and which of its rows belong to the row to be chosen. */
    private record Joined(Table<?> table, Condition on) {}

    private Joined joined(Named named, String alias) {
        return switch (named.target()) {
            case SPAN -> {
                SpanAnnotations annotation = SPAN_ANNOTATIONS.as(alias);
                yield new Joined(
                        annotation,
                        annotation
                                .SPAN_KEY
                                .eq(((Spans) table).ID)
                                .and(annotation.NAME.eq(named.name())));
            }
            case TRACE -> {
                TraceAnnotations annotation = TRACE_ANNOTATIONS.as(alias);
                Field<Long> trace =
                        table instanceof Spans span ? span.TRACE_KEY : ((Traces) table).ID;
                yield new Joined(
                        annotation,
                        annotation.TRACE_KEY.eq(trace).and(annotation.NAME.eq(named.name())));
            }
            case SESSION -> {
                ProjectSessionAnnotations annotation = PROJECT_SESSION_ANNOTATIONS.as(alias);
                yield new Joined(
                        annotation,
                        annotation
                                .SESSION_KEY
                                .eq(((ProjectSessions) table).ID)
                                .and(annotation.NAME.eq(named.name())));
            }
        };
    }

    /** The span whose attributes are meant. */
    private Field<Long> spanKey() {
        return switch (table) {
            case Spans span -> span.ID;
            case Traces trace -> RootSpans.ofTrace(trace.ID);
            case ProjectSessions session -> RootSpans.firstOfSession(session.ID);
            default -> throw new IllegalArgumentException(table + " has no attributes");
        };
    }

    private Compiler compiler(Beside beside) {
        return new Compiler(engine, root, table, beside);
    }
}
