package dev.phoenix.server.filter;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;

import dev.phoenix.server.api.KeyRanges;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.filter.syntax.Expr.Operator;
import java.math.BigDecimal;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/**
 * The spans of a project that cost more than a condition asks for, if they are few: found by the
 * index of costs and not by looking for the cost of each span.
 */
final class RareCosts {

    private static final int FEW = 1000;

    private final DSLContext database;
    private final Engine engine;
    private final long projectKey;

    RareCosts(DSLContext database, Engine engine, long projectKey) {
        this.database = database;
        this.engine = engine;
        this.projectKey = projectKey;
    }

    /** Holds wherever the check holds. */
    Condition of(Check check) {
        return switch (check) {
            case Check.And(List<Check> parts) ->
                    parts.stream().map(this::of).reduce(noCondition(), Condition::and);
            case Check.Compare(Operator operator, Term left, Term.Numeral(BigDecimal number)) ->
                    costsMore(left, operator, number);
            case Check.Compare(Operator operator, Term.Numeral(BigDecimal number), Term right) ->
                    costsMore(right, operator.mirrored(), number);
            default -> noCondition();
        };
    }

    private Condition costsMore(Term term, Operator operator, BigDecimal number) {
        boolean more = operator == Operator.GT || operator == Operator.GE;
        boolean total =
                term instanceof Term.Column(Row row, Member member)
                        && row.source() == Source.SPAN
                        && member.name().equals("total_cost");
        if (!more || !total || number.signum() <= 0) {
            return noCondition();
        }
        List<Long> keys = keys(number.doubleValue());
        return keys.size() > FEW ? noCondition() : SPANS.ID.in(inlined(keys));
    }

    private static List<Field<Long>> inlined(List<Long> keys) {
        return keys.stream().<Field<Long>>map(key -> inline(key)).toList();
    }

    /** In the words of the index. */
    private List<Long> keys(double least) {
        Field<Double> none = inline(0).coerce(Double.class);
        Field<Double> cost =
                coalesce(SPAN_COSTS.PROMPT_COST, none)
                        .plus(coalesce(SPAN_COSTS.COMPLETION_COST, none));
        Condition indexed =
                SPAN_COSTS
                        .PROJECT_ID
                        .eq(projectKey)
                        .and(
                                SPAN_COSTS
                                        .PROMPT_COST
                                        .isNotNull()
                                        .or(SPAN_COSTS.COMPLETION_COST.isNotNull()));
        return database.select(SPAN_COSTS.SPAN_KEY)
                .from(SPAN_COSTS)
                .where(indexed, cost.ge(least))
                .and(
                        engine == Engine.SQLITE
                                ? new KeyRanges(SPAN_COSTS, indexed, null)
                                        .contains(SPAN_COSTS.SPAN_KEY)
                                : noCondition())
                .limit(inline(FEW + 1))
                .fetch(SPAN_COSTS.SPAN_KEY);
    }
}
