package dev.phoenix.server.annotation;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.TimeRange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.ArgumentValue;

/** What GraphQL mutations of annotations are given. */
final class AnnotationInputs {

    static final int MOST = 1000;

    private AnnotationInputs() {}

    /** An annotation to be made; one of the ids is there. */
    record Create(
            @Nullable String spanId,
            @Nullable String traceId,
            @Nullable String projectSessionId,
            @Nullable Integer documentPosition,
            String name,
            AnnotatorKind annotatorKind,
            @Nullable String label,
            @Nullable Double score,
            @Nullable String explanation,
            Object metadata,
            AnnotationSource source,
            @Nullable String identifier) {

        String targetId() {
            return Objects.requireNonNull(
                    spanId != null ? spanId : traceId != null ? traceId : projectSessionId);
        }

        int position() {
            return documentPosition == null ? 0 : documentPosition;
        }
    }

    /** What is named as one of several ways to name it. */
    record Reference(@Nullable String id, @Nullable String otelId, @Nullable String sessionId) {

        @Nullable String name() {
            return otelId == null ? sessionId : otelId;
        }
    }

    /** A note to be made; one of the references is there. */
    record Note(
            @Nullable Reference span,
            @Nullable Reference trace,
            @Nullable Reference session,
            String note,
            AnnotatorKind annotatorKind,
            AnnotationSource source,
            @Nullable String identifier) {

        Reference target() {
            return Objects.requireNonNull(span != null ? span : trace != null ? trace : session);
        }
    }

    /** What is missing stays; what is null is taken away. */
    record Patch(
            String annotationId,
            ArgumentValue<String> name,
            ArgumentValue<AnnotatorKind> annotatorKind,
            ArgumentValue<String> label,
            ArgumentValue<Double> score,
            ArgumentValue<String> explanation,
            ArgumentValue<Object> metadata,
            ArgumentValue<String> identifier,
            ArgumentValue<AnnotationSource> source) {

        Content apply(Annotation annotation, MetadataText metadataText) {
            return new Content(
                    required("name", name, annotation.name()),
                    optional(identifier, annotation.identifier(), ""),
                    required("annotatorKind", annotatorKind, annotation.annotatorKind()),
                    optional(label, annotation.label(), null),
                    optional(score, annotation.score(), null),
                    optional(explanation, annotation.explanation(), null),
                    metadataText.of(optional(metadata, annotation.metadata(), Map.of())),
                    required("source", source, annotation.source()),
                    annotation.userId());
        }

        private static <T> T required(String field, ArgumentValue<T> given, T before) {
            if (given.isOmitted()) {
                return before;
            }
            T value = given.value();
            if (value == null) {
                throw ApiException.badRequest(field + " must not be null; leave it out to keep it");
            }
            return value;
        }

        private static <T extends @Nullable Object> T optional(
                ArgumentValue<? extends T> given, T before, T cleared) {
            if (given.isOmitted()) {
                return before;
            }
            T value = given.value();
            return value == null ? cleared : value;
        }
    }

    /** Everything anew but the identifier. */
    record Update(
            String id,
            String name,
            AnnotatorKind annotatorKind,
            @Nullable String label,
            @Nullable Double score,
            @Nullable String explanation,
            Object metadata,
            AnnotationSource source) {

        Content apply(Annotation annotation, MetadataText metadataText) {
            return new Content(
                    name,
                    annotation.identifier(),
                    annotatorKind,
                    label,
                    score,
                    explanation,
                    metadataText.of(metadata),
                    source,
                    annotation.userId());
        }
    }

    record Delete(List<String> annotationIds) {}

    /** Which of the annotations of a project to delete. */
    record DeleteAll(
            String projectId,
            String annotationName,
            @Nullable TimeRange timeRange,
            TimeField timeRangeField) {}

    /** Which time has to lie in a range. */
    enum TimeField {
        ANNOTATION_CREATED_AT,
        SOURCE_START_TIME
    }

    /** Writes metadata as it is stored. */
    @FunctionalInterface
    interface MetadataText {

        String of(@Nullable Object metadata);
    }

    /** The keys of annotations in the order of their ids. */
    static Set<Long> keys(Target target, List<String> ids) {
        requireSome("annotation", ids);
        Set<Long> keys = new LinkedHashSet<>();
        for (String id : ids) {
            if (!keys.add(key(target.type(), id))) {
                throw ApiException.badRequest("an annotation must be named once, was twice: " + id);
            }
        }
        return keys;
    }

    static long key(String type, String id) {
        return GlobalId.keyOf(type, id)
                .orElseThrow(
                        () -> ApiException.badRequest("%s is no id of a %s".formatted(id, type)));
    }

    static void requireSome(String what, List<?> items) {
        if (items.isEmpty() || items.size() > MOST) {
            throw ApiException.badRequest(
                    "1..%d %ss must be given, were %d".formatted(MOST, what, items.size()));
        }
    }
}
