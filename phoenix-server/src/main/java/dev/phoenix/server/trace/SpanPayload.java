package dev.phoenix.server.trace;

import org.jspecify.annotations.Nullable;

/**
 * What is read only when a span is opened, as the JSON text that is stored.
 *
 * @param derivation where derived attributes come from; null where there are none
 */
record SpanPayload(
        String attributes, String events, @Nullable String links, @Nullable String derivation) {

    static final SpanPayload EMPTY = new SpanPayload("{}", "[]", null, null);

    long size() {
        return attributes.length() + events.length() + (links == null ? 0 : links.length());
    }
}
