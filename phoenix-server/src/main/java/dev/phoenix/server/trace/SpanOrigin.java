package dev.phoenix.server.trace;

import org.jspecify.annotations.Nullable;

/** What sent a span. */
record SpanOrigin(@Nullable String resourceAttributes, @Nullable Scope scope) {

    static final SpanOrigin UNKNOWN = new SpanOrigin(null, null);

    /** The instrumentation that made a span. */
    record Scope(String name, String version) {}
}
