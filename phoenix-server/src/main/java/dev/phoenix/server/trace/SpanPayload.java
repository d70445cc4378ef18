package dev.phoenix.server.trace;

import org.jspecify.annotations.Nullable;

/** What is read only when a span is opened, as the JSON text that is stored. */
record SpanPayload(
        String attributes,
        String events,
        @Nullable String links,
        @Nullable String resourceAttributes,
        @Nullable Scope scope) {

    static final SpanPayload EMPTY = new SpanPayload("{}", "[]", null, null, null);

    /** The instrumentation that made a span. */
    record Scope(String name, String version) {}
}
