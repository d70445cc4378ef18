package dev.phoenix.server.annotation.config;

import dev.phoenix.server.api.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an annotation config says, whoever sends it. */
sealed interface Definition {

    String name();

    @Nullable String description();

    @Nullable OptimizationDirection optimizationDirection();

    AnnotationType type();

    /** One of several labels. */
    record Categorical(
            String name,
            @Nullable String description,
            OptimizationDirection optimizationDirection,
            List<Choice> values)
            implements Definition {

        public Categorical {
            checkName(name);
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw ApiException.badRequest("values must have at least one entry, had none");
            }
            Set<String> labels = new HashSet<>();
            for (Choice value : values) {
                if (value.label().isEmpty() || !labels.add(value.label())) {
                    throw ApiException.badRequest(
                            "labels must not be empty and must differ, was '%s'"
                                    .formatted(value.label()));
                }
                checkFinite("score", value.score());
            }
        }

        @Override
        public AnnotationType type() {
            return AnnotationType.CATEGORICAL;
        }
    }

    /** A number, perhaps between bounds. */
    record Continuous(
            String name,
            @Nullable String description,
            OptimizationDirection optimizationDirection,
            @Nullable Double lowerBound,
            @Nullable Double upperBound)
            implements Definition {

        public Continuous {
            checkName(name);
            checkBounds(lowerBound, upperBound);
        }

        @Override
        public AnnotationType type() {
            return AnnotationType.CONTINUOUS;
        }
    }

    /** Any text, perhaps with a score. */
    record Freeform(
            String name,
            @Nullable String description,
            @Nullable OptimizationDirection optimizationDirection,
            @Nullable Double threshold,
            @Nullable Double lowerBound,
            @Nullable Double upperBound)
            implements Definition {

        public Freeform {
            checkName(name);
            checkFinite("threshold", threshold);
            checkBounds(lowerBound, upperBound);
        }

        @Override
        public AnnotationType type() {
            return AnnotationType.FREEFORM;
        }
    }

    private static void checkName(String name) {
        if (name.isBlank() || name.indexOf('\0') >= 0) {
            throw ApiException.badRequest(
                    "name must not be empty and must have no NUL, was '%s'".formatted(name));
        }
    }

    private static void checkBounds(@Nullable Double lower, @Nullable Double upper) {
        checkFinite("lower_bound", lower);
        checkFinite("upper_bound", upper);
        if (lower != null && upper != null && lower >= upper) {
            throw ApiException.badRequest(
                    "lower_bound must be below upper_bound, was %s and upper_bound %s"
                            .formatted(lower, upper));
        }
    }

    private static void checkFinite(String name, @Nullable Double value) {
        if (value != null && !Double.isFinite(value)) {
            throw ApiException.badRequest("%s must be finite, was %s".formatted(name, value));
        }
    }
}
