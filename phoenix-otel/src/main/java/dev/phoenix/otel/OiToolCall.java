package dev.phoenix.otel;

import org.jspecify.annotations.Nullable;

/**
 * A model's wish to have a tool called.
 *
 * @param id what the tool's answer refers to, if the provider gives one
 * @param name name of the tool
 * @param arguments JSON text of an object
 */
public record OiToolCall(@Nullable String id, String name, String arguments) {}
