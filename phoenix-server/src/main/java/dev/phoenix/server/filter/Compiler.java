package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.db.jooq.tables.Traces;
import dev.phoenix.server.filter.syntax.Expr.Operator;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Makes SQL of checked conditions. What a condition says becomes bind values, never SQL. */
final class Compiler {

    private final Engine engine;
    private final TextSql texts;
    private final Terms terms;

    /** The tables that rows are; those of comprehensions come and go with them. */
    private final Map<Row, Table<?>> tables = new HashMap<>();

    Compiler(Engine engine, Row root, Table<?> table, Beside beside) {
        this.engine = engine;
        this.texts = new TextSql(engine);
        this.terms = new Terms(engine, this, beside);
        tables.put(root, table);
    }

    Table<?> table(Row row) {
        Table<?> table = tables.get(row);
        if (table == null) {
            throw new IllegalStateException("no table for " + row);
        }
        return table;
    }

    Condition compile(Check check) {
        return switch (check) {
            case Check.Constant(boolean value) -> value ? trueCondition() : falseCondition();
            case Check.And(List<Check> parts) -> all(parts);
            case Check.Or(List<Check> parts) -> joined(parts, Condition::or);
            case Check.Not(Check inner) -> condition("NOT ({0})", field(compile(inner)));
            case Check.Compare compare -> compare(compare);
            case Check.Missing(Term term) -> terms.of(term).isNull();
            case Check.Is(Term bool, boolean value) ->
                    condition(value ? "({0}) IS TRUE" : "({0}) IS FALSE", terms.of(bool));
            case Check.In in -> in(in);
            case Check.Contains contains -> contains(contains);
            case Check.HasAnnotation(Annotated target, String name) ->
                    terms.annotation(target, name, "id").isNotNull();
            case Check.Orphan(Row row) -> {
                Spans span = (Spans) table(row);
                Spans parent = SPANS.as("any_parent");
                yield notExists(
                        selectOne().from(parent).where(parent.SPAN_ID.eq(span.PARENT_SPAN_ID)));
            }
            case Check.HasParent(Row row) ->
                    exists(
                            selectOne()
                                    .from(Elements.parent())
                                    .where(Elements.isParentOf((Spans) table(row))));
            case Check.Quantified quantified -> quantified(quantified);
        };
    }

    Condition all(List<Check> parts) {
        return joined(parts, Condition::and);
    }

    /** As a tree of little depth: databases recurse into conditions. */
    private Condition joined(List<Check> parts, BinaryOperator<Condition> operator) {
        if (parts.isEmpty()) {
            return trueCondition();
        }
        if (parts.size() == 1) {
            return compile(parts.getFirst());
        }
        int middle = parts.size() / 2;
        return operator.apply(
                joined(parts.subList(0, middle), operator),
                joined(parts.subList(middle, parts.size()), operator));
    }

    private Condition compare(Check.Compare compare) {
        Term left = compare.left();
        Term right = compare.right();
        Operator operator = compare.operator();
        Columns.Whole whole = terms.whole(left);
        if (whole != null && right instanceof Term.Numeral(var number)) {
            return whole(left, whole, operator, number);
        }
        whole = terms.whole(right);
        if (whole != null && left instanceof Term.Numeral(var number)) {
            return whole(right, whole, operator.mirrored(), number);
        }
        if (left instanceof Term.Column cost
                && Columns.isCost(cost)
                && right instanceof Term.Numeral(var number)) {
            return cost(cost, operator, number);
        }
        if (right instanceof Term.Column cost
                && Columns.isCost(cost)
                && left instanceof Term.Numeral(var number)) {
            return cost(cost, operator.mirrored(), number);
        }
        if (isTraceOfSpan(left) && right instanceof Term.Text && !operator.orders()) {
            Condition found = traceIn(new Check.In(left, List.of(right)));
            return operator == Operator.EQ ? found : DSL.not(found);
        }
        boolean ordered = operator.orders() && left.kind() == Kind.TEXT;
        return condition(
                "({0}) " + sign(operator) + " ({1})",
                ordered ? texts.ordered(terms.text(left)) : terms.of(left),
                ordered ? texts.ordered(terms.text(right)) : terms.of(right));
    }

    /** What is counted row by row is counted only where there are as many rows at all. */
    private Condition whole(Term term, Columns.Whole whole, Operator operator, BigDecimal number) {
        Condition fits = WholeNumbers.compare(whole, operator, number);
        boolean counted =
                term instanceof Term.Column(Row row, Member member)
                        && row.source() == Source.TRACE
                        && Columns.isCounted(member.name());
        Operator least =
                switch (operator) {
                    case EQ, GE -> Operator.GE;
                    case GT -> Operator.GT;
                    default -> null;
                };
        if (!counted || least == null) {
            return fits;
        }
        Traces trace = (Traces) table(((Term.Column) term).row());
        return WholeNumbers.compare(new Columns.Whole(trace.SPAN_COUNT, 1), least, number)
                .and(fits);
    }

    private static String sign(Operator operator) {
        return switch (operator) {
            case EQ -> "=";
            case NE -> "<>";
            default -> operator.sign();
        };
    }

    private Condition cost(Term.Column cost, Operator operator, BigDecimal number) {
        int zero = Double.compare(0, number.doubleValue());
        boolean nothingFits =
                switch (operator) {
                    case LT -> zero < 0;
                    case LE -> zero <= 0;
                    case GT -> zero > 0;
                    case GE -> zero >= 0;
                    case EQ -> zero == 0;
                    case NE -> zero != 0;
                    default -> throw new IllegalArgumentException(operator.sign());
                };
        return Columns.costFits(
                (Spans) table(cost.row()),
                cost.member().name(),
                nothingFits,
                sum ->
                        condition(
                                "({0}) " + sign(operator) + " ({1})",
                                sum,
                                DSL.val(number.doubleValue())));
    }

    private Condition in(Check.In in) {
        if (in.values().isEmpty()) {
            return falseCondition();
        }
        if (isTraceOfSpan(in.term())) {
            return traceIn(in);
        }
        @SuppressWarnings("unchecked")
        Field<Object> term = (Field<Object>) terms.of(in.term());
        List<Field<Object>> values = in.values().stream().map(this::literal).toList();
        return condition("({0}) IN ({1})", term, DSL.list(values));
    }

    @SuppressWarnings("unchecked")
    private Field<Object> literal(Term term) {
        return (Field<Object>) terms.of(term);
    }

    private static boolean isTraceOfSpan(Term term) {
        return term instanceof Term.Column(Row row, Member member)
                && row.source() == Source.SPAN
                && member.name().equals("trace_id");
    }

    /** So that the index of a trace's spans finds them. */
    private Condition traceIn(Check.In in) {
        var trace = TRACES.as("own");
        Spans span = (Spans) table(((Term.Column) in.term()).row());
        List<String> ids = in.values().stream().map(value -> ((Term.Text) value).value()).toList();
        return span.TRACE_KEY.in(select(trace.ID).from(trace).where(trace.TRACE_ID.in(ids)));
    }

    private Condition contains(Check.Contains contains) {
        if (contains.text() instanceof Term.Column(Row row, Member member)
                && member.kind() == Kind.CONTAINMENT
                && contains.part() instanceof Term.Text(String part)) {
            return terms.anyRootContains(row, member, part);
        }
        Field<String> text = terms.text(contains.text());
        return contains.part() instanceof Term.Text(String part)
                ? texts.contains(text, part)
                : texts.contains(text, terms.text(contains.part()));
    }

    private Condition quantified(Check.Quantified quantified) {
        return within(
                quantified.loop(),
                elements -> {
                    Condition predicate = compile(quantified.predicate());
                    Condition belongs = belongs(elements, quantified.loop());
                    return quantified.all()
                            ? notExists(
                                    selectOne()
                                            .from(elements.row())
                                            .where(belongs)
                                            .and(condition("({0}) IS NOT TRUE", field(predicate))))
                            : exists(
                                    selectOne().from(elements.row()).where(belongs).and(predicate));
                });
    }

    Field<?> reduction(Term.Reduction reduction) {
        return within(
                reduction.loop(),
                elements ->
                        field(
                                select(reduced(reduction))
                                        .from(elements.row())
                                        .where(belongs(elements, reduction.loop()))));
    }

    private Field<?> reduced(Term.Reduction reduction) {
        Term element = reduction.element();
        if (element == null) {
            return DSL.count().cast(SQLDataType.DOUBLE);
        }
        return switch (reduction.function()) {
            case "sum" ->
                    field(
                            "coalesce(CAST(sum({0}) AS double precision), 0)",
                            Double.class, terms.calculable(element));
            case "min" -> field("min({0})", terms.of(element));
            default -> field("max({0})", terms.of(element));
        };
    }

    private Condition belongs(Elements elements, Loop loop) {
        return loop.conditions().isEmpty()
                ? elements.link()
                : elements.link().and(all(loop.conditions()));
    }

    private <T> T within(Loop loop, Function<Elements, T> body) {
        Elements elements =
                Elements.of(loop.many(), table(loop.owner()), loop.element().id(), engine);
        tables.put(loop.element(), elements.row());
        try {
            return body.apply(elements);
        } finally {
            tables.remove(loop.element());
        }
    }
}
