package dev.phoenix.otel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document that was found or reordered.
 *
 * @param id its id in the store, if it has one
 * @param content its text
 * @param score how well it fits, higher is better, if the search tells
 * @param metadata what is known about it
 */
public record OiDocument(
        @Nullable String id, String content, @Nullable Double score, Map<String, ?> metadata) {

    public OiDocument {
        metadata = Map.copyOf(metadata);
    }

    /** A document of which only the text is known. */
    public static OiDocument of(String content) {
        return new OiDocument(null, content, null, Map.of());
    }
}
