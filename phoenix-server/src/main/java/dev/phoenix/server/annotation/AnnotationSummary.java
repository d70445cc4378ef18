package dev.phoenix.server.annotation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** Sorted by name. */
    static List<AnnotationSummary> of(Stream<Annotation> annotations) {
        return annotations
                .collect(Collectors.groupingBy(Annotation::name, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(named -> of(named.getKey(), named.getValue()))
                .toList();
    }

    public List<String> labels() {
        return labelFractions.stream().map(LabelFraction::label).toList();
    }

    private static AnnotationSummary of(String name, List<Annotation> annotations) {
        Map<String, Long> labels =
                annotations.stream()
                        .map(Annotation::label)
                        .filter(Objects::nonNull)
                        .collect(
                                Collectors.groupingBy(
                                        Function.identity(), TreeMap::new, Collectors.counting()));
        List<Double> scores =
                annotations.stream().map(Annotation::score).filter(Objects::nonNull).toList();
        int labelled = labels.values().stream().mapToInt(Long::intValue).sum();
        return new AnnotationSummary(
                name,
                annotations.size(),
                labels.entrySet().stream()
                        .map(
                                label ->
                                        new LabelFraction(
                                                label.getKey(),
                                                (double) label.getValue() / labelled))
                        .toList(),
                scores.isEmpty()
                        ? null
                        : (Double) scores.stream().mapToDouble(Double::doubleValue).sum()
                                / scores.size(),
                scores.size(),
                labelled);
    }
}
