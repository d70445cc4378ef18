package dev.phoenix.server.annotation.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.annotation.config.Definition.Categorical;
import dev.phoenix.server.annotation.config.Definition.Continuous;
import dev.phoenix.server.annotation.config.Definition.Freeform;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Annotation configs as REST tells them. The forms have no type in common, because the document
 * would show it.
 */
final class ConfigItem {

    private ConfigItem() {}

    static Object of(AnnotationConfig config) {
        return switch (config.definition()) {
            case Categorical it ->
                    new CategoricalItem(
                            it.name(),
                            it.type().name(),
                            it.description(),
                            it.optimizationDirection(),
                            it.values(),
                            config.id());
            case Continuous it ->
                    new ContinuousItem(
                            it.name(),
                            it.type().name(),
                            it.description(),
                            it.optimizationDirection(),
                            it.lowerBound(),
                            it.upperBound(),
                            config.id());
            case Freeform it ->
                    new FreeformItem(
                            it.name(),
                            it.type().name(),
                            it.description(),
                            it.optimizationDirection(),
                            it.threshold(),
                            it.lowerBound(),
                            it.upperBound(),
                            config.id());
        };
    }

    static List<Object> of(List<AnnotationConfig> configs) {
        return configs.stream().map(ConfigItem::of).toList();
    }

    @Schema(
            name = "CategoricalAnnotationConfig",
            requiredProperties = {"name", "type", "optimization_direction", "values", "id"})
    record CategoricalItem(
            String name,
            String type,
            @Nullable String description,
            @JsonProperty("optimization_direction") OptimizationDirection optimizationDirection,
            List<Choice> values,
            String id) {}

    @Schema(
            name = "ContinuousAnnotationConfig",
            requiredProperties = {"name", "type", "optimization_direction", "id"})
    record ContinuousItem(
            String name,
            String type,
            @Nullable String description,
            @JsonProperty("optimization_direction") OptimizationDirection optimizationDirection,
            @JsonProperty("lower_bound") @Nullable Double lowerBound,
            @JsonProperty("upper_bound") @Nullable Double upperBound,
            String id) {}

    @Schema(
            name = "FreeformAnnotationConfig",
            requiredProperties = {"name", "type", "id"})
    record FreeformItem(
            String name,
            String type,
            @Nullable String description,
            @JsonProperty("optimization_direction")
                    @Nullable OptimizationDirection optimizationDirection,
            @Nullable Double threshold,
            @JsonProperty("lower_bound") @Nullable Double lowerBound,
            @JsonProperty("upper_bound") @Nullable Double upperBound,
            String id) {}
}
