package dev.phoenix.server.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The annotations of one name taken together. */
record AnnotationSummary(
        String name,
        int count,
        List<LabelFraction> labelFractions,
        @Nullable Double meanScore,
        int scoreCount,
        int labelCount) {

    /** A label and its share of the annotations that have one. */
    record LabelFraction(String label, double fraction) {}

    /** Adds up the annotations of one name. */
    static final class Sums {

        private final Map<String, Integer> labels = new TreeMap<>();
        private int count;
        private int scoreCount;
        private double scores;

        void add(@Nullable String label, int annotations, int scored, double scoreSum) {
            count += annotations;
            scoreCount += scored;
            scores += scoreSum;
            if (label != null) {
                labels.merge(label, annotations, Integer::sum);
            }
        }

        boolean isEmpty() {
            return count == 0;
        }

        @Nullable Double meanScore() {
            return scoreCount == 0 ? null : (Double) (scores / scoreCount);
        }

        AnnotationSummary summary(String name) {
            int labelled = labels.values().stream().mapToInt(Integer::intValue).sum();
            List<LabelFraction> fractions = new ArrayList<>();
            labels.forEach(
                    (label, times) ->
                            fractions.add(new LabelFraction(label, (double) times / labelled)));
            return new AnnotationSummary(name, count, fractions, meanScore(), scoreCount, labelled);
        }
    }

    /** Sorted by name. */
    static List<AnnotationSummary> of(Stream<Annotation> annotations) {
        Map<String, Sums> byName = new TreeMap<>();
        annotations.forEach(
                annotation -> {
                    Double score = annotation.score();
                    byName.computeIfAbsent(annotation.name(), _ -> new Sums())
                            .add(
                                    annotation.label(),
                                    1,
                                    score == null ? 0 : 1,
                                    score == null ? 0 : score);
                });
        return byName.entrySet().stream()
                .map(named -> named.getValue().summary(named.getKey()))
                .toList();
    }

    public List<String> labels() {
        return labelFractions.stream().map(LabelFraction::label).toList();
    }
}
