package dev.phoenix.server.annotation.config;

import io.swagger.v3.oas.annotations.media.Schema;

/** Which scores are the better ones. */
@Schema(enumAsRef = true)
enum OptimizationDirection {
    MINIMIZE,
    MAXIMIZE,
    NONE
}
