package dev.phoenix.server.annotation;

import dev.phoenix.server.api.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation says. Characters that a database cannot hold are replaced, as in spans.
 *
 * @param identifier tells annotations of one name on one target apart; may be empty
 * @param metadata a JSON object
 * @param userId who says so; null while authentication is off
 */
record Content(
        String name,
        String identifier,
        AnnotatorKind annotatorKind,
        @Nullable String label,
        @Nullable Double score,
        @Nullable String explanation,
        String metadata,
        AnnotationSource source,
        @Nullable Long userId) {

    /** NUL and lone surrogates. */
    private static final Pattern UNSTORABLE = Pattern.compile("[\\x00\\p{Cs}]");

    Content {
        name = storable(name);
        identifier = storable(identifier);
        label = storableOrNull(label);
        explanation = storableOrNull(explanation);
        metadata = storable(metadata);
        if (score != null && !Double.isFinite(score)) {
            throw ApiException.unprocessable("score must be a finite number, was " + score);
        }
    }

    static String storable(String text) {
        return UNSTORABLE.matcher(text).replaceAll("\uFFFD");
    }

    private static @Nullable String storableOrNull(@Nullable String text) {
        return text == null ? null : storable(text);
    }

    long bytes() {
        return utf8(name)
                + utf8(identifier)
                + utf8(metadata)
                + (label == null ? 0 : utf8(label))
                + (explanation == null ? 0 : utf8(explanation));
    }

    static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
