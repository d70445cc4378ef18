package dev.phoenix.server.trace;

import org.jspecify.annotations.Nullable;

/** The input or output of a span: a preview, and where to find the whole. */
public record SpanText(long spanKey, Side side, String preview, String mimeType) {

    private static final int PREVIEW_LENGTH = 100;

    enum Side {
        INPUT("input.value"),
        OUTPUT("output.value");

        private final String attribute;

        Side(String attribute) {
            this.attribute = attribute;
        }
    }

    static @Nullable SpanText of(
            long spanKey, Side side, @Nullable String preview, @Nullable String mimeType) {
        return preview == null
                ? null
                : new SpanText(
                        spanKey,
                        side,
                        preview,
                        "application/json".equals(mimeType) ? "json" : "text");
    }

    /** Previews are stored with one character more than lists show. */
    boolean isWhole() {
        return preview.codePointCount(0, preview.length()) <= PREVIEW_LENGTH;
    }

    String whole(@Nullable SpanPayload payload) {
        String value =
                payload == null ? null : JsonPaths.textAt(payload.attributes(), side.attribute);
        return value == null ? preview : value;
    }

    /** Cut between characters, never inside one. */
    public String truncatedValue() {
        return isWhole()
                ? preview
                : preview.substring(0, preview.offsetByCodePoints(0, PREVIEW_LENGTH));
    }
}
