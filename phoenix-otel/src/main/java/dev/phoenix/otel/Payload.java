package dev.phoenix.otel;

import dev.phoenix.core.openinference.OpenInference;

/** An input or output as text, with the mime type that says how to read it. */
record Payload(String text, String mimeType) {

    /** Strings as they are, values with a shape as JSON, anything else by its string form. */
    static Payload of(Object value) {
        return JsonText.isStructured(value)
                ? new Payload(JsonText.of(value), OpenInference.JSON)
                : new Payload(value.toString(), OpenInference.TEXT);
    }
}
