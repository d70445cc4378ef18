package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.cost.CostSums;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.UpdateSetMoreStep;

/** Corrects the sums of costs that a trace keeps. */
public final class CostCorrection {

    private CostCorrection() {}

    /** Adds to an update of {@code traces}. */
    public static <R extends Record> UpdateSetMoreStep<R> set(
            UpdateSetMoreStep<R> update, CostSums delta) {
        return update.set(
                        TRACES.COST_PROMPT_TOKENS,
                        TRACES.COST_PROMPT_TOKENS.plus(delta.promptTokens()))
                .set(
                        TRACES.COST_COMPLETION_TOKENS,
                        TRACES.COST_COMPLETION_TOKENS.plus(delta.completionTokens()))
                .set(
                        TRACES.PROMPT_COST,
                        sum(
                                TRACES.PROMPT_COST,
                                delta.promptCost(),
                                TRACES.PRICED_PROMPTS,
                                delta.pricedPrompts()))
                .set(
                        TRACES.COMPLETION_COST,
                        sum(
                                TRACES.COMPLETION_COST,
                                delta.completionCost(),
                                TRACES.PRICED_COMPLETIONS,
                                delta.pricedCompletions()))
                .set(TRACES.PRICED_PROMPTS, TRACES.PRICED_PROMPTS.plus(delta.pricedPrompts()))
                .set(
                        TRACES.PRICED_COMPLETIONS,
                        TRACES.PRICED_COMPLETIONS.plus(delta.pricedCompletions()));
    }

    /** Exactly zero where nothing is left, whatever rounding leaves behind. */
    private static Field<Double> sum(
            TableField<?, Double> cost,
            double costDelta,
            TableField<?, Long> priced,
            long pricedDelta) {
        return when(priced.plus(pricedDelta).eq(0L), inline(0.0)).otherwise(cost.plus(costDelta));
    }
}
