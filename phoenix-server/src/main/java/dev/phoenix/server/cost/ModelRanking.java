package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.GENERATIVE_MODELS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_COSTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Service;

/** The models whose calls come to most in a project. */
@Service
public class ModelRanking {

    private final DSLContext database;

    ModelRanking(Database database) {
        this.database = database.read();
    }

    /** Models without a price have no cost, so they are not among them. */
    public List<GenerativeModel> byCost(long projectKey, TimeRange range, int limit) {
        Field<Double> none = inline(0.0);
        Field<Double> cost =
                coalesce(SPAN_COSTS.PROMPT_COST, none)
                        .plus(coalesce(SPAN_COSTS.COMPLETION_COST, none));
        Condition priced =
                SPAN_COSTS.PROMPT_COST.isNotNull().or(SPAN_COSTS.COMPLETION_COST.isNotNull());
        return top(cost, calls(projectKey, range).and(priced), limit);
    }

    public List<GenerativeModel> byTokens(long projectKey, TimeRange range, int limit) {
        Field<Long> none = inline(0L);
        Field<Long> tokens =
                coalesce(SPAN_COSTS.PROMPT_TOKENS, none)
                        .plus(coalesce(SPAN_COSTS.COMPLETION_TOKENS, none));
        return top(tokens, calls(projectKey, range), limit);
    }

    private static Condition calls(long projectKey, TimeRange range) {
        return SPAN_COSTS
                .PROJECT_ID
                .eq(projectKey)
                .and(range.contains(SPAN_COSTS.START_NS))
                .and(SPAN_COSTS.MODEL_ID.isNotNull())
                .and(SPAN_COSTS.REPEATS.lt(inline(SpanCosts.REPEATED_IN_PROJECT)));
    }

    private List<GenerativeModel> top(Field<? extends Number> amount, Condition calls, int limit) {
        List<Long> keys =
                database.select(SPAN_COSTS.MODEL_ID)
                        .from(SPAN_COSTS)
                        .where(calls)
                        .groupBy(SPAN_COSTS.MODEL_ID)
                        .orderBy(sum(amount).desc(), SPAN_COSTS.MODEL_ID)
                        .limit(limit)
                        .fetch(SPAN_COSTS.MODEL_ID);
        Map<Long, GenerativeModel> models =
                database.selectFrom(GENERATIVE_MODELS).where(GENERATIVE_MODELS.ID.in(keys)).stream()
                        .map(GenerativeModel::from)
                        .collect(Collectors.toMap(GenerativeModel::key, Function.identity()));
        return keys.stream().map(models::get).filter(Objects::nonNull).toList();
    }
}
