package dev.phoenix.server.annotation.config;

import dev.phoenix.server.annotation.config.Definition.Categorical;
import dev.phoenix.server.annotation.config.Definition.Continuous;
import dev.phoenix.server.annotation.config.Definition.Freeform;
import dev.phoenix.server.api.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A config as GraphQL takes it: exactly one of its kinds. */
record ConfigInput(
        ConfigInput.@Nullable CategoricalInput categorical,
        ConfigInput.@Nullable ContinuousInput continuous,
        ConfigInput.@Nullable FreeformInput freeform) {

    Definition definition() {
        if (categorical != null) {
            return new Categorical(
                    categorical.name,
                    categorical.description,
                    categorical.optimizationDirection,
                    categorical.values);
        }
        if (continuous != null) {
            return new Continuous(
                    continuous.name,
                    continuous.description,
                    continuous.optimizationDirection,
                    continuous.lowerBound,
                    continuous.upperBound);
        }
        if (freeform != null) {
            return new Freeform(
                    freeform.name,
                    freeform.description,
                    freeform.optimizationDirection,
                    freeform.threshold,
                    freeform.lowerBound,
                    freeform.upperBound);
        }
        throw ApiException.badRequest(
                "annotationConfig must have one of categorical, continuous and freeform, had none");
    }

    record CategoricalInput(
            String name,
            @Nullable String description,
            OptimizationDirection optimizationDirection,
            List<Choice> values) {}

    record ContinuousInput(
            String name,
            @Nullable String description,
            OptimizationDirection optimizationDirection,
            @Nullable Double lowerBound,
            @Nullable Double upperBound) {}

    record FreeformInput(
            String name,
            @Nullable String description,
            @Nullable OptimizationDirection optimizationDirection,
            @Nullable Double threshold,
            @Nullable Double lowerBound,
            @Nullable Double upperBound) {}
}
