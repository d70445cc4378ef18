package dev.phoenix.server.filter;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.phoenix.server.db.LlmMarker;
import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.filter.syntax.Expr.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on the attributes that name a call's model and tokens. Columns of most spans say the
 * same, as their {@link LlmMarker} tells; those of other spans have to be read.
 */
final class CallColumns {

    private static final List<Object> MODEL = List.of("llm", "model_name");
    private static final Map<List<Object>, String> TOKENS =
            Map.of(
                    List.of("llm", "token_count", "prompt"), "llm_token_count_prompt",
                    List.of("llm", "token_count", "completion"), "llm_token_count_completion",
                    List.of("llm", "token_count", "total"), Columns.STATED_TOTAL);

    private CallColumns() {}

    /** The same condition on columns; null if it is on anything else that only attributes say. */
    static @Nullable Check check(Check check) {
        return switch (check) {
            case Check.Constant _, Check.Orphan _, Check.HasParent _, Check.Quantified _ -> check;
            case Check.HasAnnotation _ -> null;
            case Check.And(List<Check> parts) -> {
                List<Check> all = checks(parts);
                yield all == null ? null : new Check.And(all);
            }
            case Check.Or(List<Check> parts) -> {
                List<Check> any = checks(parts);
                yield any == null ? null : new Check.Or(any);
            }
            case Check.Not(Check inner) -> {
                Check found = check(inner);
                yield found == null ? null : new Check.Not(found);
            }
            case Check.Compare(Operator operator, Term left, Term right) -> {
                Term a = term(left);
                Term b = term(right);
                yield a == null || b == null ? null : new Check.Compare(operator, a, b);
            }
            case Check.Missing(Term term) -> {
                Term found = term(term);
                yield found == null ? null : new Check.Missing(found);
            }
            case Check.Is(Term bool, boolean value) -> {
                Term found = term(bool);
                yield found == null ? null : new Check.Is(found, value);
            }
            case Check.In(Term term, List<Term> values) -> {
                Term found = term(term);
                yield found == null ? null : new Check.In(found, values);
            }
            case Check.Contains(Term text, Term part) -> {
                Term a = term(text);
                Term b = term(part);
                yield a == null || b == null ? null : new Check.Contains(a, b);
            }
        };
    }

    private static @Nullable List<Check> checks(List<Check> checks) {
        List<Check> found = new ArrayList<>();
        for (Check check : checks) {
            Check part = check(check);
            if (part == null) {
                return null;
            }
            found.add(part);
        }
        return found;
    }

    private static @Nullable Term term(Term term) {
        return switch (term) {
            case Term.Json json -> text(json);
            case Term.JsonText(Term.Json json) -> Columns.isKept(json) ? term : text(json);
            case Term.JsonNumber(Term.Json json) -> tokens(json);
            // As the attribute is compared: as a double.
            case Term.Numeral(BigDecimal number) ->
                    Double.isFinite(number.doubleValue())
                            ? new Term.Numeral(new BigDecimal(number.doubleValue()))
                            : null;
            case Term.JsonBool _, Term.Annotation _ -> null;
            case Term.Parsed(Term text) -> {
                Term found = term(text);
                yield found == null ? null : new Term.Parsed(found);
            }
            case Term.Arithmetic(char operator, Term left, Term right) -> {
                Term a = term(left);
                Term b = term(right);
                yield a == null || b == null ? null : new Term.Arithmetic(operator, a, b);
            }
            case Term.Concatenation(Term left, Term right) -> {
                Term a = term(left);
                Term b = term(right);
                yield a == null || b == null ? null : new Term.Concatenation(a, b);
            }
            case Term.Holds(Check check) -> {
                Check found = check(check);
                yield found == null ? null : new Term.Holds(found);
            }
            case Term.Text _, Term.Time _, Term.Bool _ -> term;
            case Term.Column _, Term.OfParent _, Term.Reduction _ -> term;
        };
    }

    private static @Nullable Term text(Term.Json json) {
        if (Columns.isKept(json)) {
            return json;
        }
        return isModel(json)
                ? new Term.Column(json.row(), Member.text("span", Columns.STATED_MODEL, ""))
                : null;
    }

    private static @Nullable Term tokens(Term.Json json) {
        String name = json.paths().size() == 1 ? TOKENS.get(json.paths().getFirst()) : null;
        return name == null ? null : new Term.Column(json.row(), Member.number("span", name, ""));
    }

    private static boolean isModel(Term.Json json) {
        return json.paths().size() == 1 && json.paths().getFirst().equals(MODEL);
    }

    /**
     * True wherever the condition is, of what the index of the list has, so that most rows are not
     * read.
     */
    static Condition may(Check check, Spans span) {
        Condition columns =
                switch (check) {
                    case Check.Compare(
                                    Operator operator,
                                    Term.JsonNumber(Term.Json json),
                                    Term.Numeral(BigDecimal number)) ->
                            tokens(json, operator, number, span);
                    case Check.Compare(
                                    Operator operator,
                                    Term.Numeral(BigDecimal number),
                                    Term.JsonNumber(Term.Json json)) ->
                            tokens(json, operator.mirrored(), number, span);
                    case Check.Compare(
                                    Operator operator,
                                    Term.JsonText(Term.Json json),
                                    Term.Text(String name))
                            when operator == Operator.EQ && isModel(json) ->
                            model(List.of(name), span);
                    case Check.In(Term.JsonText(Term.Json json), List<Term> values)
                            when isModel(json) ->
                            model(texts(values), span);
                    default -> null;
                };
        return columns == null ? noCondition() : isUnknown(span).or(columns);
    }

    static Condition isUnknown(Spans span) {
        return span.LLM_MARKER.lt(inline(0));
    }

    private static @Nullable Condition tokens(
            Term.Json json, Operator operator, BigDecimal number, Spans span) {
        if (!(tokens(json) instanceof Term.Column(_, Member member))
                || !Double.isFinite(number.doubleValue())) {
            return null;
        }
        String column =
                member.name().equals(Columns.STATED_TOTAL)
                        ? "llm_token_count_total"
                        : member.name();
        return Columns.of(span, column) instanceof Columns.Whole whole
                ? WholeNumbers.compare(whole, operator, new BigDecimal(number.doubleValue()))
                : null;
    }

    private static Condition model(List<String> names, Spans span) {
        List<Field<Integer>> hashes =
                names.stream()
                        .map(LlmMarker::ofModel)
                        .distinct()
                        .<Field<Integer>>map(hash -> val(hash))
                        .toList();
        return DSL.bitAnd(span.LLM_MARKER, inline(LlmMarker.MODEL)).in(hashes);
    }

    private static List<String> texts(List<Term> values) {
        List<String> texts = new ArrayList<>();
        for (Term value : values) {
            if (value instanceof Term.Text(String text)) {
                texts.add(text);
            }
        }
        return texts;
    }
}
