package dev.phoenix.server.annotation.config;

import dev.phoenix.server.annotation.config.Definition.Categorical;
import dev.phoenix.server.annotation.config.Definition.Continuous;
import dev.phoenix.server.annotation.config.Definition.Freeform;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Annotation configs as GraphQL tells them: one object type for each kind. */
sealed interface ConfigNode {

    static ConfigNode of(AnnotationConfig config) {
        return switch (config.definition()) {
            case Categorical it ->
                    new CategoricalAnnotationConfig(
                            config.id(),
                            it.name(),
                            it.description(),
                            it.type(),
                            it.optimizationDirection(),
                            it.values());
            case Continuous it ->
                    new ContinuousAnnotationConfig(
                            config.id(),
                            it.name(),
                            it.description(),
                            it.type(),
                            it.optimizationDirection(),
                            it.lowerBound(),
                            it.upperBound());
            case Freeform it ->
                    new FreeformAnnotationConfig(
                            config.id(),
                            it.name(),
                            it.description(),
                            it.type(),
                            Objects.requireNonNullElse(
                                    it.optimizationDirection(), OptimizationDirection.NONE),
                            it.threshold(),
                            it.lowerBound(),
                            it.upperBound());
        };
    }

    record CategoricalAnnotationConfig(
            String id,
            String name,
            @Nullable String description,
            AnnotationType annotationType,
            OptimizationDirection optimizationDirection,
            List<Choice> values)
            implements ConfigNode {}

    record ContinuousAnnotationConfig(
            String id,
            String name,
            @Nullable String description,
            AnnotationType annotationType,
            OptimizationDirection optimizationDirection,
            @Nullable Double lowerBound,
            @Nullable Double upperBound)
            implements ConfigNode {}

    record FreeformAnnotationConfig(
            String id,
            String name,
            @Nullable String description,
            AnnotationType annotationType,
            OptimizationDirection optimizationDirection,
            @Nullable Double threshold,
            @Nullable Double lowerBound,
            @Nullable Double upperBound)
            implements ConfigNode {}
}
