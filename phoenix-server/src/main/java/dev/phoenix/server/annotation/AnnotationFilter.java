package dev.phoenix.server.annotation;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which annotations of a target GraphQL shows. */
record AnnotationFilter(@Nullable Condition include, @Nullable Condition exclude) {

    /**
     * @param userIds null among them stands for those that nobody is known to have written
     */
    record Condition(
            @Nullable List<String> names,
            @Nullable List<AnnotationSource> sources,
            @Nullable List<@Nullable String> userIds,
            @Nullable List<AnnotatorKind> annotatorKinds) {

        private boolean includes(Annotation annotation) {
            return (names == null || names.contains(annotation.name()))
                    && (sources == null || sources.contains(annotation.source()))
                    && (userIds == null || userIds.contains(annotation.authorId()))
                    && (annotatorKinds == null
                            || annotatorKinds.contains(annotation.annotatorKind()));
        }

        private boolean excludes(Annotation annotation) {
            return (names != null && names.contains(annotation.name()))
                    || (sources != null && sources.contains(annotation.source()))
                    || (userIds != null && userIds.contains(annotation.authorId()))
                    || (annotatorKinds != null
                            && annotatorKinds.contains(annotation.annotatorKind()));
        }
    }

    static Stream<Annotation> apply(
            @Nullable AnnotationFilter filter, @Nullable List<Annotation> annotations) {
        Stream<Annotation> all = annotations == null ? Stream.empty() : annotations.stream();
        return filter == null ? all : all.filter(filter::shows);
    }

    private boolean shows(Annotation annotation) {
        return (include == null || include.includes(annotation))
                && (exclude == null || !exclude.excludes(annotation));
    }
}
