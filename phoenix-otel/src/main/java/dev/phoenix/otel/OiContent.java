package dev.phoenix.otel;

/** One part of a message that has several. */
public sealed interface OiContent {

    /** A passage of text. */
    record Text(String text) implements OiContent {}

    /**
     * An image.
     *
     * @param url an address, or {@code data:image/png;base64,…}
     */
    record Image(String url) implements OiContent {}
}
