package dev.phoenix.server.annotation;

import dev.phoenix.server.annotation.AnnotationNode.DocumentAnnotation;
import dev.phoenix.server.annotation.AnnotationNode.ProjectSessionAnnotation;
import dev.phoenix.server.annotation.AnnotationNode.SpanAnnotation;
import dev.phoenix.server.annotation.AnnotationNode.TraceAnnotation;
import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.GraphQlEnums;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.auth.account.Accounts;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.session.ProjectSession;
import dev.phoenix.server.session.SessionReader;
import dev.phoenix.server.trace.Span;
import dev.phoenix.server.trace.SpanReader;
import dev.phoenix.server.trace.Trace;
import dev.phoenix.server.trace.TraceReader;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Controller;

/** Annotations over GraphQL, as fields of what is annotated. */
@Controller
class AnnotationGraphQlController {

    private static final AnnotationFilter NOTES =
            new AnnotationFilter(
                    new AnnotationFilter.Condition(List.of(Annotation.NOTE), null, null, null),
                    null);

    private final SpanReader spans;
    private final TraceReader traces;
    private final SessionReader sessions;
    private final Accounts accounts;

    AnnotationGraphQlController(
            AnnotationReader annotations,
            SpanReader spans,
            TraceReader traces,
            SessionReader sessions,
            Accounts accounts,
            BatchLoaderRegistry registry) {
        this.spans = spans;
        this.traces = traces;
        this.sessions = sessions;
        this.accounts = accounts;
        Batch.register(registry, "ofSpans", lists(annotations, Target.SPAN));
        Batch.register(registry, "ofTraces", lists(annotations, Target.TRACE));
        Batch.register(registry, "ofSessions", lists(annotations, Target.SESSION));
        Batch.register(registry, "ofDocuments", lists(annotations, Target.DOCUMENT));
    }

    private static <K extends Collection<Long>> Function<K, Map<Long, List<Annotation>>> lists(
            AnnotationReader annotations, Target target) {
        return keys ->
                annotations.of(target, keys).stream()
                        .collect(Collectors.groupingBy(Annotation::targetKey));
    }

    @Bean
    static RuntimeWiringConfigurer annotationEnums() {
        return wiring -> {
            GraphQlEnums.wire(wiring, "SpanAnnotationColumn", AnnotationSort.Column.values());
            GraphQlEnums.wire(wiring, "TraceAnnotationColumn", AnnotationSort.Column.values());
        };
    }

    @Bean
    static NodeSource spanAnnotations(AnnotationReader annotations) {
        return new Nodes(Target.SPAN, annotations);
    }

    @Bean
    static NodeSource traceAnnotations(AnnotationReader annotations) {
        return new Nodes(Target.TRACE, annotations);
    }

    @Bean
    static NodeSource sessionAnnotations(AnnotationReader annotations) {
        return new Nodes(Target.SESSION, annotations);
    }

    @Bean
    static NodeSource documentAnnotations(AnnotationReader annotations) {
        return new Nodes(Target.DOCUMENT, annotations);
    }

    private record Nodes(Target target, AnnotationReader annotations) implements NodeSource {

        @Override
        public String type() {
            return target.type();
        }

        @Override
        public @Nullable Object find(long key) {
            return annotations.find(target, key).map(AnnotationNode::of).orElse(null);
        }
    }

    @SchemaMapping
    CompletableFuture<List<AnnotationNode>> spanAnnotations(
            Span span,
            @Argument @Nullable AnnotationSort sort,
            @Argument @Nullable AnnotationFilter filter,
            DataLoader<Long, List<Annotation>> ofSpans) {
        return nodes(span.key(), ofSpans, filter, AnnotationSort.order(sort));
    }

    @SchemaMapping
    CompletableFuture<List<AnnotationNode>> spanNotes(
            Span span, DataLoader<Long, List<Annotation>> ofSpans) {
        return nodes(span.key(), ofSpans, NOTES, AnnotationSort.order(null));
    }

    @SchemaMapping
    CompletableFuture<List<AnnotationSummary>> spanAnnotationSummaries(
            Span span,
            @Argument @Nullable AnnotationFilter filter,
            DataLoader<Long, List<Annotation>> ofSpans) {
        return summaries(span.key(), ofSpans, filter);
    }

    @SchemaMapping
    CompletableFuture<List<AnnotationNode>> documentEvaluations(
            Span span, DataLoader<Long, List<Annotation>> ofDocuments) {
        Comparator<Annotation> order =
                Comparator.comparingInt(Annotation::position).thenComparing(Annotation::name);
        return nodes(span.key(), ofDocuments, null, order);
    }

    @SchemaMapping
    CompletableFuture<List<AnnotationNode>> traceAnnotations(
            Trace trace,
            @Argument @Nullable AnnotationSort sort,
            @Argument @Nullable AnnotationFilter filter,
            DataLoader<Long, List<Annotation>> ofTraces) {
        return nodes(trace.key(), ofTraces, filter, AnnotationSort.order(sort));
    }

    @SchemaMapping
    CompletableFuture<List<AnnotationSummary>> traceAnnotationSummaries(
            Trace trace,
            @Argument @Nullable AnnotationFilter filter,
            DataLoader<Long, List<Annotation>> ofTraces) {
        return summaries(trace.key(), ofTraces, filter);
    }

    @SchemaMapping
    CompletableFuture<List<AnnotationNode>> sessionAnnotations(
            ProjectSession session, DataLoader<Long, List<Annotation>> ofSessions) {
        return nodes(session.key(), ofSessions, null, AnnotationSort.order(null));
    }

    @SchemaMapping
    CompletableFuture<List<AnnotationSummary>> sessionAnnotationSummaries(
            ProjectSession session,
            @Argument @Nullable AnnotationFilter filter,
            DataLoader<Long, List<Annotation>> ofSessions) {
        return summaries(session.key(), ofSessions, filter);
    }

    @BatchMapping(typeName = "SpanAnnotation", field = "span")
    Map<SpanAnnotation, Span> annotatedSpans(List<SpanAnnotation> listed) {
        return Batch.join(listed, node -> node.annotation().targetKey(), spans::byKeys);
    }

    @BatchMapping(typeName = "SpanAnnotation", field = "user")
    Map<SpanAnnotation, User> authorsOfSpans(List<SpanAnnotation> listed) {
        return authors(listed);
    }

    @BatchMapping(typeName = "TraceAnnotation", field = "user")
    Map<TraceAnnotation, User> authorsOfTraces(List<TraceAnnotation> listed) {
        return authors(listed);
    }

    @BatchMapping(typeName = "ProjectSessionAnnotation", field = "user")
    Map<ProjectSessionAnnotation, User> authorsOfSessions(List<ProjectSessionAnnotation> listed) {
        return authors(listed);
    }

    @BatchMapping(typeName = "DocumentAnnotation", field = "user")
    Map<DocumentAnnotation, User> authorsOfDocuments(List<DocumentAnnotation> listed) {
        return authors(listed);
    }

    private <N extends AnnotationNode> Map<N, User> authors(List<N> listed) {
        return Batch.join(listed, node -> node.annotation().userId(), accounts::byIds);
    }

    @BatchMapping(typeName = "DocumentAnnotation", field = "span")
    Map<DocumentAnnotation, Span> spansOfDocuments(List<DocumentAnnotation> listed) {
        return Batch.join(listed, node -> node.annotation().targetKey(), spans::byKeys);
    }

    @BatchMapping(typeName = "TraceAnnotation", field = "trace")
    Map<TraceAnnotation, Trace> annotatedTraces(List<TraceAnnotation> listed) {
        return Batch.join(listed, node -> node.annotation().targetKey(), traces::byKeys);
    }

    @BatchMapping(typeName = "ProjectSessionAnnotation", field = "projectSession")
    Map<ProjectSessionAnnotation, ProjectSession> annotatedSessions(
            List<ProjectSessionAnnotation> listed) {
        return Batch.join(listed, node -> node.annotation().targetKey(), sessions::byKeys);
    }

    private static CompletableFuture<List<AnnotationNode>> nodes(
            long targetKey,
            DataLoader<Long, List<Annotation>> lists,
            @Nullable AnnotationFilter filter,
            Comparator<Annotation> order) {
        return lists.load(targetKey)
                .thenApply(
                        all ->
                                AnnotationFilter.apply(filter, all)
                                        .sorted(order)
                                        .map(AnnotationNode::of)
                                        .toList());
    }

    private static CompletableFuture<List<AnnotationSummary>> summaries(
            long targetKey,
            DataLoader<Long, List<Annotation>> lists,
            @Nullable AnnotationFilter filter) {
        return lists.load(targetKey)
                .thenApply(all -> AnnotationSummary.of(AnnotationFilter.apply(filter, all)));
    }
}
