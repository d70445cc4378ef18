package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.GENERATIVE_MODELS;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.Database;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The models whose calls come to most in a project. */
@Service
public class ModelRanking {

    private final DSLContext database;
    private final ModelSums sums;

    ModelRanking(Database database, ModelSums sums) {
        this.database = database.read();
        this.sums = sums;
    }

    /** Models without a price have no cost, so they are not among them. */
    public List<GenerativeModel> byCost(long projectKey, TimeRange range, int limit) {
        return top(projectKey, range, limit, Breakdown::cost);
    }

    public List<GenerativeModel> byTokens(long projectKey, TimeRange range, int limit) {
        return top(projectKey, range, limit, Breakdown::tokens);
    }

    private List<GenerativeModel> top(
            long projectKey,
            TimeRange range,
            int limit,
            Function<Breakdown, @Nullable Double> amount) {
        Map<Long, Double> amounts = new HashMap<>();
        sums.of(projectKey, range)
                .forEach(
                        (model, sum) -> {
                            Double total = amount.apply(sum.total());
                            if (total != null) {
                                amounts.put(model, total);
                            }
                        });
        Comparator<Map.Entry<Long, Double>> mostFirst =
                Map.Entry.<Long, Double>comparingByValue().reversed();
        List<Long> keys =
                amounts.entrySet().stream()
                        .sorted(mostFirst.thenComparing(Map.Entry.comparingByKey()))
                        .limit(limit)
                        .map(Map.Entry::getKey)
                        .toList();
        Map<Long, GenerativeModel> models =
                database.selectFrom(GENERATIVE_MODELS).where(GENERATIVE_MODELS.ID.in(keys)).stream()
                        .map(GenerativeModel::from)
                        .collect(Collectors.toMap(GenerativeModel::key, Function.identity()));
        return keys.stream().map(models::get).filter(Objects::nonNull).toList();
    }
}
