package dev.phoenix.server.annotation;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.auth.account.User;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An annotation as it is stored.
 *
 * @param targetKey of what is annotated
 * @param position of the document; 0 for everything else
 * @param userId who wrote it; null if nobody knows
 */
record Annotation(
        Target target,
        long key,
        long targetKey,
        int position,
        String name,
        AnnotatorKind annotatorKind,
        @Nullable String label,
        @Nullable Double score,
        @Nullable String explanation,
        Map<String, Object> metadata,
        AnnotationSource source,
        String identifier,
        @Nullable Long userId,
        Instant createdAt,
        Instant updatedAt) {

    /** The name of free remarks, which no other annotation may have. */
    static final String NOTE = "note";

    String id() {
        return target.id(key);
    }

    /** The global id of who wrote it. */
    @Nullable String authorId() {
        return userId == null ? null : GlobalId.encode(User.TYPE, userId);
    }

    /**
     * @param metadataJson the metadata as text
     */
    Content content(String metadataJson) {
        return new Content(
                name,
                identifier,
                annotatorKind,
                label,
                score,
                explanation,
                metadataJson,
                source,
                userId);
    }

    AnnotationResult result() {
        return new AnnotationResult(label, score, explanation);
    }
}
