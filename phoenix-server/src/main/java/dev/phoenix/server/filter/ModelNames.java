package dev.phoenix.server.filter;

import static org.jooq.impl.DSL.noCondition;

import dev.phoenix.server.db.jooq.tables.Spans;
import dev.phoenix.server.filter.syntax.Expr.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;

/**
 * Spans keep the name of their model in a column, so most spans need not be read to learn that they
 * used another. The column of embeddings and rerankers is filled from another attribute.
 */
final class ModelNames {

    private static final List<Object> PATH = List.of("llm", "model_name");

    private ModelNames() {}

    /** Holds wherever all of the checks hold. */
    static Condition of(List<Check> checks, Spans span) {
        Condition all = noCondition();
        for (Check check : checks) {
            List<String> names = names(check);
            if (!names.isEmpty()) {
                all =
                        all.and(
                                span.MODEL_NAME
                                        .in(names)
                                        .or(span.SPAN_KIND.in("EMBEDDING", "RERANKER")));
            }
        }
        return all;
    }

    /** The names of which a model must have one; empty where there is no telling. */
    private static List<String> names(Check check) {
        return switch (check) {
            case Check.Compare(
                            Operator operator,
                            Term.JsonText(Term.Json json),
                            Term.Text(var name))
                    when operator == Operator.EQ && isModel(json) ->
                    List.of(name);
            case Check.In(Term.JsonText(Term.Json json), List<Term> values) when isModel(json) -> {
                List<String> names = new ArrayList<>();
                for (Term value : values) {
                    if (value instanceof Term.Text(String name)) {
                        names.add(name);
                    }
                }
                yield names;
            }
            default -> List.of();
        };
    }

    private static boolean isModel(Term.Json json) {
        return json.paths().getFirst().equals(PATH);
    }
}
