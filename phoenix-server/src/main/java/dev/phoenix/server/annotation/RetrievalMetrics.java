package dev.phoenix.server.annotation;

import dev.phoenix.server.api.ApiException;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** How well one retrieval did by the scores of one name, over GraphQL. */
@Controller
class RetrievalMetrics {

    /** By the scores of one evaluation. */
    record OfSpan(String evaluationName, RetrievalScores scores) {

        public @Nullable Double reciprocalRank() {
            return scores.reciprocalRank();
        }

        public @Nullable Double hit() {
            return scores.hit();
        }
    }

    @SchemaMapping(typeName = "DocumentRetrievalMetrics")
    @Nullable Double ndcg(OfSpan metrics, @Argument @Nullable Integer k) {
        return metrics.scores.ndcg(checked(k));
    }

    @SchemaMapping(typeName = "DocumentRetrievalMetrics")
    @Nullable Double precision(OfSpan metrics, @Argument @Nullable Integer k) {
        return metrics.scores.precision(checked(k));
    }

    @SchemaMapping(typeName = "DocumentEvaluationSummary")
    @Nullable Double averageNdcg(RetrievalSummary summary, @Argument @Nullable Integer k) {
        return summary.average(scores -> scores.ndcg(checked(k)));
    }

    @SchemaMapping(typeName = "DocumentEvaluationSummary")
    int countNdcg(RetrievalSummary summary, @Argument @Nullable Integer k) {
        return summary.count();
    }

    @SchemaMapping(typeName = "DocumentEvaluationSummary")
    @Nullable Double averagePrecision(RetrievalSummary summary, @Argument @Nullable Integer k) {
        return summary.average(scores -> scores.precision(checked(k)));
    }

    @SchemaMapping(typeName = "DocumentEvaluationSummary")
    int countPrecision(RetrievalSummary summary, @Argument @Nullable Integer k) {
        return summary.count();
    }

    @SchemaMapping(typeName = "DocumentEvaluationSummary")
    @Nullable Double meanReciprocalRank(RetrievalSummary summary) {
        return summary.average(RetrievalScores::reciprocalRank);
    }

    @SchemaMapping(typeName = "DocumentEvaluationSummary")
    int countReciprocalRank(RetrievalSummary summary) {
        return summary.count();
    }

    @SchemaMapping(typeName = "DocumentEvaluationSummary")
    @Nullable Double hitRate(RetrievalSummary summary) {
        return summary.average(RetrievalScores::hit);
    }

    @SchemaMapping(typeName = "DocumentEvaluationSummary")
    int countHit(RetrievalSummary summary) {
        return summary.count();
    }

    private static @Nullable Integer checked(@Nullable Integer k) {
        if (k != null && k < 1) {
            throw ApiException.badRequest("k must be at least 1, was " + k);
        }
        return k;
    }
}
