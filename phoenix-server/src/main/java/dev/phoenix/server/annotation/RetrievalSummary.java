package dev.phoenix.server.annotation;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The retrievals of a project that were scored under one name. Retrievals with the same scores are
 * kept once: scores are few where documents are relevant or not.
 */
final class RetrievalSummary {

    private final String evaluationName;
    private final Map<RetrievalScores, Integer> retrievals = new HashMap<>();
    private int count;

    RetrievalSummary(String evaluationName) {
        this.evaluationName = evaluationName;
    }

    void add(@Nullable RetrievalScores scores) {
        if (scores != null) {
            retrievals.merge(scores, 1, Integer::sum);
            count++;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    public String getEvaluationName() {
        return evaluationName;
    }

    int count() {
        return count;
    }

    @Nullable Double average(Function<RetrievalScores, @Nullable Double> metric) {
        double sum = 0;
        for (Map.Entry<RetrievalScores, Integer> entry : retrievals.entrySet()) {
            sum += Objects.requireNonNull(metric.apply(entry.getKey())) * entry.getValue();
        }
        return count == 0 ? null : (Double) (sum / count);
    }
}
