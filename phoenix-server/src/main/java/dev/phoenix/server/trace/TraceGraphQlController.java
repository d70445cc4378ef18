package dev.phoenix.server.trace;

import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GraphQlEnums;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.trace.TraceComposition.ErrorCount;
import dev.phoenix.server.trace.TraceComposition.KindCount;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Controller;

/** Traces over GraphQL. */
@Controller
class TraceGraphQlController implements NodeSource {

    private final TraceReader traces;
    private final SpanReader spans;
    private final ProjectReader projects;
    private final Filters filters;
    private final TraceComposition composition;

    TraceGraphQlController(
            TraceReader traces,
            SpanReader spans,
            ProjectReader projects,
            Filters filters,
            TraceComposition composition,
            BatchLoaderRegistry registry) {
        this.traces = traces;
        this.spans = spans;
        this.projects = projects;
        this.filters = filters;
        this.composition = composition;
        Batch.register(registry, "rootSpans", spans::rootSpans);
        Batch.register(registry, "traceErrors", composition::errors);
    }

    @Bean
    static RuntimeWiringConfigurer traceEnums() {
        return wiring -> {
            GraphQlEnums.wire(wiring, "TraceColumn", TraceColumn.values());
            GraphQlEnums.wire(wiring, "SpanColumn", SpanColumn.values());
            GraphQlEnums.wire(wiring, "EvalAttr", AnnotationValues.Attribute.values());
        };
    }

    @QueryMapping
    @Nullable Trace getTraceByOtelId(@Argument String traceId) {
        return traces.findByTraceId(traceId).orElse(null);
    }

    @BatchMapping
    Map<Trace, Project> project(List<Trace> listed) {
        return Batch.join(listed, Trace::projectKey, projects::byKeys);
    }

    @SchemaMapping
    CompletableFuture<Span> rootSpan(Trace trace, DataLoader<Long, Span> rootSpans) {
        return rootSpans.load(trace.key());
    }

    @SchemaMapping
    CompletableFuture<@Nullable String> userId(Trace trace, DataLoader<Long, Span> rootSpans) {
        return rootSpans.load(trace.key()).thenApply(root -> root == null ? null : root.userId());
    }

    @BatchMapping
    List<List<KindCount>> spanCountsByKind(List<Trace> listed) {
        Map<Long, List<KindCount>> kinds =
                composition.kinds(listed.stream().map(Trace::key).toList());
        return listed.stream().map(trace -> kinds.getOrDefault(trace.key(), List.of())).toList();
    }

    @SchemaMapping
    CompletableFuture<List<ErrorCount>> errorsByType(
            Trace trace, DataLoader<Long, List<ErrorCount>> traceErrors) {
        if (trace.errorCount() == 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        return traceErrors
                .load(trace.key())
                .thenApply(errors -> errors == null ? List.of() : errors);
    }

    @SchemaMapping
    Connection<Span> spans(
            Trace trace,
            @Argument int first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before,
            @Argument @Nullable String filterCondition) {
        ConnectionRange page = ConnectionRange.of(first, last, after, before);
        return page.connection(spans.ofTrace(trace.key(), filters.spans(filterCondition), page));
    }

    @Override
    public String type() {
        return Trace.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return traces.find(key).orElse(null);
    }
}
