package dev.phoenix.server.trace;

import org.jspecify.annotations.Nullable;

/** What is read only when a span is opened, as the JSON text that is stored. */
record SpanPayload(String attributes, String events, @Nullable String links) {

    static final SpanPayload EMPTY = new SpanPayload("{}", "[]", null);

    long size() {
        return attributes.length() + events.length() + (links == null ? 0 : links.length());
    }
}
