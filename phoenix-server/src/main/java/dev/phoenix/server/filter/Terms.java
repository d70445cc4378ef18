package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.phoenix.server.db.Documents;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.jooq.tables.ProjectSessions;
import dev.phoenix.server.db.jooq.tables.SpanPayloads;
import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.db.jooq.tables.Traces;
import dev.phoenix.server.filter.Needs.Named;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Makes SQL of the values of conditions. */
final class Terms {

    private final Engine engine;
    private final JsonSql json;
    private final Compiler compiler;
    private final Beside beside;

    Terms(Engine engine, Compiler compiler, Beside beside) {
        this.engine = engine;
        this.json = new JsonSql(engine);
        this.compiler = compiler;
        this.beside = beside;
    }

    Field<?> of(Term term) {
        return switch (term) {
            case Term.Text(String value) -> val(value);
            case Term.Numeral(var value) -> val(value.doubleValue());
            case Term.Time(long nanos) -> val(nanos);
            case Term.Bool(boolean value) -> inline(value);
            case Term.Column(Row row, Member member) -> column(compiler.table(row), row, member);
            case Term.OfParent(Row row, Member member) -> ofParent(row, member);
            case Term.Json any -> first(any, path -> text(any, path));
            case Term.JsonText(Term.Json any) -> first(any, path -> text(any, path));
            case Term.JsonNumber(Term.Json any) ->
                    first(any, path -> json.number(attributes(any.row()), path));
            case Term.JsonBool(Term.Json any) ->
                    first(any, path -> json.bool(attributes(any.row()), path));
            case Term.Parsed(Term text) -> json.parsed(text(text));
            case Term.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Term.Concatenation(Term left, Term right) ->
                    field("({0} || {1})", String.class, text(left), text(right));
            case Term.Annotation(Annotated target, String name, String part) ->
                    annotation(target, name, part);
            case Term.Reduction reduction -> compiler.reduction(reduction);
            case Term.Holds(Check check) -> field("({0})", field(compiler.compile(check)));
        };
    }

    @SuppressWarnings("unchecked")
    Field<String> text(Term term) {
        return (Field<String>) of(term);
    }

    private static <T> Field<T> first(Term.Json any, Function<List<Object>, Field<T>> value) {
        List<Field<T>> values = any.paths().stream().map(value).toList();
        return values.size() == 1
                ? values.getFirst()
                : coalesce(
                        values.getFirst(), values.subList(1, values.size()).toArray(Field[]::new));
    }

    private Field<String> text(Term.Json any, List<Object> path) {
        return Columns.isKept(any)
                ? Columns.kept((Spans) compiler.table(any.row()), path)
                : json.text(attributes(any.row()), path);
    }

    private Field<String> attributes(Row row) {
        return Objects.requireNonNull(
                beside.attributes(), () -> "the attributes of " + row + " are not joined");
    }

    /** A column of whole numbers, where a term is one. */
    Columns.@Nullable Whole whole(Term term) {
        return term instanceof Term.Column(Row row, Member member)
                        && member.kind() == Kind.NUMBER
                        && isTelemetry(row.source())
                        && Columns.of(compiler.table(row), member.name())
                                instanceof Columns.Whole whole
                ? whole
                : null;
    }

    private static boolean isTelemetry(Source source) {
        return source != Source.ANNOTATION && source != Source.COST_DETAIL;
    }

    private Field<?> column(Table<?> table, Row row, Member member) {
        if (!isTelemetry(row.source())) {
            return Objects.requireNonNull(table.field(member.name()));
        }
        if (row.source() == Source.SESSION && member.name().equals("last_output")) {
            SpanPayloads payload = SPAN_PAYLOADS.as("last_payload");
            Field<Long> root = RootSpans.lastOfSession(((ProjectSessions) table).ID);
            return field(
                    select(
                                    json.text(
                                            Documents.text(payload.ATTRIBUTES),
                                            List.of("output", "value")))
                            .from(payload)
                            .where(payload.SPAN_KEY.eq(root)));
        }
        return plain(Columns.of(table, member.name()));
    }

    private static Field<?> plain(Object column) {
        if (!(column instanceof Columns.Whole(Field<Long> whole, int unit))) {
            return (Field<?>) column;
        }
        Field<Double> number = whole.cast(SQLDataType.DOUBLE);
        return unit == 1
                ? number
                : field("({0} / {1})", Double.class, number, inline((double) unit));
    }

    private Field<?> ofParent(Row row, Member member) {
        Field<?> column = plain(Columns.of(Elements.parent(), member.name()));
        return field(
                select(column)
                        .from(Elements.parent())
                        .where(Elements.isParentOf((Spans) compiler.table(row))));
    }

    Field<?> annotation(Annotated target, String name, String part) {
        Table<?> joined =
                Objects.requireNonNull(beside.annotations().get(new Named(target, name)), name);
        return Objects.requireNonNull(joined.field(part));
    }

    /**
     * PostgreSQL fails where a result leaves the range of doubles: {@link Magnitude} keeps results
     * within, given what is calculated with.
     */
    private Field<Double> arithmetic(Term.Arithmetic arithmetic) {
        Field<?> left = calculable(arithmetic.left());
        Field<?> right = calculable(arithmetic.right());
        return switch (arithmetic.operator()) {
            case '/' -> field("({0} / nullif({1}, 0))", Double.class, left, right);
            case '%' -> remainder(left, right);
            case '*' -> field("({0} * {1})", Double.class, left, right);
            case '+' -> field("({0} + {1})", Double.class, left, right);
            default -> field("({0} - {1})", Double.class, left, right);
        };
    }

    /** With the sign of what is divided. */
    private static Field<Double> remainder(Field<?> left, Field<?> right) {
        return field(
                "(SELECT d.a - d.b * trunc(d.a / nullif(d.b, 0)) FROM (SELECT {0} AS a, {1} AS b)"
                        + " AS d)",
                Double.class, left, right);
    }

    /** A number between 1e-30 and 1e30, or zero; missing where it is another. */
    Field<?> calculable(Term term) {
        Field<?> number = of(term);
        boolean bounded =
                term instanceof Term.Numeral
                        || term instanceof Term.Arithmetic
                        || whole(term) != null
                        || (term instanceof Term.Reduction reduction
                                && reduction.function().equals("len"));
        if (bounded || term.kind() != Kind.NUMBER) {
            return number;
        }
        return field(
                """
                (SELECT CASE WHEN g.n = 0 OR abs(g.n) BETWEEN 1e-30 AND 1e30 THEN g.n END \
                FROM (SELECT CAST({0} AS double precision) AS n) AS g)\
                """,
                Double.class, number);
    }

    Condition anyRootContains(Row row, Member member, String part) {
        Traces trace = TRACES.as("root_trace");
        Spans root = SPANS.as("any_root");
        SpanPayloads payload = SPAN_PAYLOADS.as("root_payload");
        String side = member.name().equals("any_input") ? "input" : "output";
        Field<String> text = json.text(Documents.text(payload.ATTRIBUTES), List.of(side, "value"));
        return exists(
                selectOne()
                        .from(trace)
                        .join(root)
                        .on(root.TRACE_KEY.eq(trace.ID))
                        .join(payload)
                        .on(payload.SPAN_KEY.eq(root.ID))
                        .where(trace.SESSION_KEY.eq(((ProjectSessions) compiler.table(row)).ID))
                        .and(root.PARENT_SPAN_ID.isNull())
                        .and(new TextSql(engine).contains(text, part)));
    }
}
