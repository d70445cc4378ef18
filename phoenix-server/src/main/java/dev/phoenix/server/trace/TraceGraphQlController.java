package dev.phoenix.server.trace;

import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.GraphQlEnums;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Controller;

/** Traces over GraphQL. */
@Controller
class TraceGraphQlController implements NodeSource {

    private final TraceReader traces;
    private final SpanReader spans;
    private final ProjectReader projects;
    private final Filters filters;

    TraceGraphQlController(
            TraceReader traces, SpanReader spans, ProjectReader projects, Filters filters) {
        this.traces = traces;
        this.spans = spans;
        this.projects = projects;
        this.filters = filters;
    }

    @Bean
    static RuntimeWiringConfigurer traceEnums() {
        return wiring -> {
            GraphQlEnums.wire(wiring, "TraceColumn", TraceColumn.values());
            GraphQlEnums.wire(wiring, "SpanColumn", SpanColumn.values());
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

    @BatchMapping
    Map<Trace, Span> rootSpan(List<Trace> listed) {
        return Batch.join(listed, Trace::key, spans::rootSpans);
    }

    @SchemaMapping
    Connection<Span> spans(
            Trace trace,
            @Argument int first,
            @Argument @Nullable String after,
            @Argument @Nullable String filterCondition) {
        int limit = Connection.limit(first);
        return Connection.of(
                spans.ofTrace(trace.key(), filters.spans(filterCondition), after, limit), after);
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
