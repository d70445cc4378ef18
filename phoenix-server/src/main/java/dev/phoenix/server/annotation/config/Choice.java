package dev.phoenix.server.annotation.config;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** A label that people may choose, and what it is worth. */
@Schema(name = "CategoricalAnnotationValue", requiredProperties = "label")
record Choice(@NotNull String label, @Nullable Double score) {}
