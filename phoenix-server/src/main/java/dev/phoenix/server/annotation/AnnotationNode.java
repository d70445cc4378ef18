package dev.phoenix.server.annotation;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.session.ProjectSession;
import dev.phoenix.server.trace.Span;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An annotation in GraphQL, which has a type for each target. Public, because graphql-java calls
 * the inherited methods.
 */
public sealed interface AnnotationNode {

    Annotation annotation();

    static AnnotationNode of(Annotation annotation) {
        return switch (annotation.target()) {
            case SPAN -> new SpanAnnotation(annotation);
            case TRACE -> new TraceAnnotation(annotation);
            case SESSION -> new ProjectSessionAnnotation(annotation);
            case DOCUMENT -> new DocumentAnnotation(annotation);
        };
    }

    default String id() {
        return annotation().id();
    }

    default String name() {
        return annotation().name();
    }

    default String annotatorKind() {
        return annotation().annotatorKind().name();
    }

    default @Nullable String label() {
        return annotation().label();
    }

    default @Nullable Double score() {
        return annotation().score();
    }

    default @Nullable String explanation() {
        return annotation().explanation();
    }

    default Map<String, Object> metadata() {
        return annotation().metadata();
    }

    default String source() {
        return annotation().source().name();
    }

    default String identifier() {
        return annotation().identifier();
    }

    default Instant createdAt() {
        return annotation().createdAt();
    }

    default Instant updatedAt() {
        return annotation().updatedAt();
    }

    record SpanAnnotation(Annotation annotation) implements AnnotationNode {

        public String spanId() {
            return GlobalId.encode(Span.TYPE, annotation.targetKey());
        }
    }

    record TraceAnnotation(Annotation annotation) implements AnnotationNode {}

    record ProjectSessionAnnotation(Annotation annotation) implements AnnotationNode {

        public String projectSessionId() {
            return GlobalId.encode(ProjectSession.TYPE, annotation.targetKey());
        }
    }

    record DocumentAnnotation(Annotation annotation) implements AnnotationNode {

        public int documentPosition() {
            return annotation.position();
        }
    }
}
