package dev.phoenix.server.annotation.config;

import static dev.phoenix.server.db.jooq.Tables.ANNOTATION_CONFIGS;

import dev.phoenix.server.annotation.config.Definition.Categorical;
import dev.phoenix.server.annotation.config.Definition.Continuous;
import dev.phoenix.server.annotation.config.Definition.Freeform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Definitions as rows of {@code annotation_configs}. */
final class ConfigRow {

    private static final JsonMapper JSON = JsonMapper.shared();

    private ConfigRow() {}

    static AnnotationConfig read(Record row) {
        return new AnnotationConfig(row.get(ANNOTATION_CONFIGS.ID), definition(row));
    }

    private static Definition definition(Record row) {
        String name = row.get(ANNOTATION_CONFIGS.NAME);
        String description = row.get(ANNOTATION_CONFIGS.DESCRIPTION);
        OptimizationDirection direction =
                direction(row.get(ANNOTATION_CONFIGS.OPTIMIZATION_DIRECTION));
        Double lower = row.get(ANNOTATION_CONFIGS.LOWER_BOUND);
        Double upper = row.get(ANNOTATION_CONFIGS.UPPER_BOUND);
        return switch (AnnotationType.valueOf(row.get(ANNOTATION_CONFIGS.ANNOTATION_TYPE))) {
            case CATEGORICAL ->
                    new Categorical(
                            name,
                            description,
                            Objects.requireNonNull(direction),
                            List.of(
                                    JSON.readValue(
                                            row.get(ANNOTATION_CONFIGS.CHOICES), Choice[].class)));
            case CONTINUOUS ->
                    new Continuous(
                            name, description, Objects.requireNonNull(direction), lower, upper);
            case FREEFORM ->
                    new Freeform(
                            name,
                            description,
                            direction,
                            row.get(ANNOTATION_CONFIGS.THRESHOLD),
                            lower,
                            upper);
        };
    }

    private static @Nullable OptimizationDirection direction(@Nullable String stored) {
        return stored == null ? null : OptimizationDirection.valueOf(stored);
    }

    /** Every column but the key. */
    static Map<Field<?>, @Nullable Object> values(Definition definition) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        OptimizationDirection direction = definition.optimizationDirection();
        values.put(ANNOTATION_CONFIGS.NAME, definition.name());
        values.put(ANNOTATION_CONFIGS.ANNOTATION_TYPE, definition.type().name());
        values.put(ANNOTATION_CONFIGS.DESCRIPTION, definition.description());
        values.put(
                ANNOTATION_CONFIGS.OPTIMIZATION_DIRECTION,
                direction == null ? null : direction.name());
        values.put(ANNOTATION_CONFIGS.CHOICES, null);
        values.put(ANNOTATION_CONFIGS.THRESHOLD, null);
        values.put(ANNOTATION_CONFIGS.LOWER_BOUND, null);
        values.put(ANNOTATION_CONFIGS.UPPER_BOUND, null);
        switch (definition) {
            case Categorical categorical ->
                    values.put(
                            ANNOTATION_CONFIGS.CHOICES,
                            JSON.writeValueAsString(categorical.values()));
            case Continuous continuous -> {
                values.put(ANNOTATION_CONFIGS.LOWER_BOUND, continuous.lowerBound());
                values.put(ANNOTATION_CONFIGS.UPPER_BOUND, continuous.upperBound());
            }
            case Freeform freeform -> {
                values.put(ANNOTATION_CONFIGS.THRESHOLD, freeform.threshold());
                values.put(ANNOTATION_CONFIGS.LOWER_BOUND, freeform.lowerBound());
                values.put(ANNOTATION_CONFIGS.UPPER_BOUND, freeform.upperBound());
            }
        }
        return values;
    }
}
