package dev.phoenix.server.annotation;

import org.jspecify.annotations.Nullable;

/** The judgement of an annotation; any of it may be missing. */
record AnnotationResult(
        @Nullable String label, @Nullable Double score, @Nullable String explanation) {

    static final AnnotationResult NONE = new AnnotationResult(null, null, null);
}
