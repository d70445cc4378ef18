package dev.phoenix.server.api;

/** A row of a sorted list and the cursor that names its place. */
public record Listed<T>(T row, String cursor) {}
