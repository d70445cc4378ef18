package dev.phoenix.server.annotation;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How relevant the documents of one retrieval are, by position: what has no score is not relevant.
 */
final class RetrievalScores {

    private final double[] scores;
    private boolean any;

    RetrievalScores(int documents) {
        scores = new double[documents];
    }

    /** The scores of one name; of several at a position the last one counts. */
    static RetrievalScores of(int documents, List<Annotation> annotations) {
        RetrievalScores scores = new RetrievalScores(documents);
        annotations.forEach(annotation -> scores.put(annotation.position(), annotation.score()));
        return scores;
    }

    void put(int position, @Nullable Double score) {
        if (score != null && position < scores.length) {
            scores[position] = score;
            any = true;
        }
    }

    /**
     * Normalized discounted cumulative gain of the first k; null without any score.
     *
     * @param k null for all
     */
    @Nullable Double ndcg(@Nullable Integer k) {
        if (!any) {
            return null;
        }
        double[] best = scores.clone();
        Arrays.sort(best);
        for (int i = 0; i < best.length / 2; i++) {
            double swapped = best[i];
            best[i] = best[best.length - 1 - i];
            best[best.length - 1 - i] = swapped;
        }
        int first = first(k);
        double ideal = gain(best, first);
        return ideal == 0 ? (Double) 0.0 : (Double) (gain(scores, first) / ideal);
    }

    private static double gain(double[] scores, int first) {
        double gain = 0;
        for (int i = 0; i < first; i++) {
            gain += scores[i] * Math.log(2) / Math.log(i + 2.0);
        }
        return gain;
    }

    /** The mean score of the first k; null without any score. */
    @Nullable Double precision(@Nullable Integer k) {
        int first = first(k);
        return any ? (Double) (Arrays.stream(scores, 0, first).sum() / first) : null;
    }

    /** One divided by the place of the first relevant document, 0 without one. */
    @Nullable Double reciprocalRank() {
        if (!any) {
            return null;
        }
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > 0) {
                return 1.0 / (i + 1);
            }
        }
        return 0.0;
    }

    /** 1 if a document is relevant, else 0. */
    @Nullable Double hit() {
        Double rank = reciprocalRank();
        return rank == null ? null : (Double) (rank > 0 ? 1.0 : 0.0);
    }

    private int first(@Nullable Integer k) {
        return k == null ? scores.length : Math.min(k, scores.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RetrievalScores that
                && any == that.any
                && Arrays.equals(scores, that.scores);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(scores);
    }
}
