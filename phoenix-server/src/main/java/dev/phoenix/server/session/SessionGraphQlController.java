package dev.phoenix.server.session;

import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.GraphQlEnums;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectRange;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.trace.SessionTraces;
import dev.phoenix.server.trace.Span;
import dev.phoenix.server.trace.SpanText;
import dev.phoenix.server.trace.Trace;
import dev.phoenix.server.trace.TraceReader;
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

/** Sessions over GraphQL. */
@Controller
class SessionGraphQlController implements NodeSource {

    private final SessionReader sessions;
    private final TraceReader traces;
    private final ProjectReader projects;
    private final Filters filters;

    SessionGraphQlController(
            SessionReader sessions,
            SessionTraces sessionTraces,
            TraceReader traces,
            ProjectReader projects,
            Filters filters,
            BatchLoaderRegistry registry) {
        this.sessions = sessions;
        this.traces = traces;
        this.projects = projects;
        this.filters = filters;
        Batch.register(registry, "firstRootSpans", sessionTraces::firstRootSpans);
        Batch.register(registry, "lastRootSpans", sessionTraces::lastRootSpans);
        Batch.<ProjectRange, Integer>register(
                registry,
                "sessionCounts",
                wanted -> ProjectRange.load(wanted, sessions::counts, 0));
    }

    @Bean
    static RuntimeWiringConfigurer sessionEnums() {
        return wiring -> GraphQlEnums.wire(wiring, "ProjectSessionColumn", SessionColumn.values());
    }

    record ProjectSessionSort(@Nullable SessionColumn col, SortDirection dir) {}

    @QueryMapping
    @Nullable ProjectSession getProjectSessionById(@Argument String sessionId) {
        return sessions.findBySessionId(sessionId).orElse(null);
    }

    @SchemaMapping(typeName = "Project", field = "sessions")
    Connection<ProjectSession> ofProject(
            Project project,
            @Argument int first,
            @Argument @Nullable String after,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable ProjectSessionSort sort,
            @Argument @Nullable String sessionFilterCondition) {
        var keyset =
                sort == null
                        ? SessionColumn.keyset(null, SortDirection.ASC)
                        : SessionColumn.keyset(sort.col(), sort.dir());
        TimeRange range = TimeRange.orAll(timeRange);
        int limit = Connection.limit(first);
        var condition = filters.sessions(sessionFilterCondition);
        return Connection.of(
                sessions.ofProject(project.key(), range, condition, keyset, after, limit), after);
    }

    @SchemaMapping(typeName = "Project")
    CompletableFuture<Integer> sessionCount(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String sessionFilterCondition,
            DataLoader<ProjectRange, Integer> sessionCounts) {
        TimeRange range = TimeRange.orAll(timeRange);
        return Filters.isGiven(sessionFilterCondition)
                ? CompletableFuture.completedFuture(
                        sessions.count(
                                project.key(), range, filters.sessions(sessionFilterCondition)))
                : sessionCounts.load(new ProjectRange(project.key(), range));
    }

    @SchemaMapping(typeName = "Trace")
    @Nullable String projectSessionId(Trace trace) {
        return trace.sessionKey() == null
                ? null
                : GlobalId.encode(ProjectSession.TYPE, trace.sessionKey());
    }

    @BatchMapping(typeName = "Trace", field = "session")
    Map<Trace, ProjectSession> ofTraces(List<Trace> listed) {
        return Batch.join(listed, Trace::sessionKey, sessions::byKeys);
    }

    @BatchMapping
    Map<ProjectSession, Project> project(List<ProjectSession> listed) {
        return Batch.join(listed, ProjectSession::projectKey, projects::byKeys);
    }

    @SchemaMapping
    CompletableFuture<@Nullable SpanText> firstInput(
            ProjectSession session, DataLoader<Long, Span> firstRootSpans) {
        return firstRootSpans
                .load(session.key())
                .thenApply(root -> root == null ? null : root.input());
    }

    @SchemaMapping
    CompletableFuture<@Nullable SpanText> lastOutput(
            ProjectSession session, DataLoader<Long, Span> lastRootSpans) {
        return lastRootSpans
                .load(session.key())
                .thenApply(root -> root == null ? null : root.output());
    }

    @SchemaMapping
    CompletableFuture<@Nullable String> userId(
            ProjectSession session, DataLoader<Long, Span> firstRootSpans) {
        return firstRootSpans
                .load(session.key())
                .thenApply(root -> root == null ? null : root.userId());
    }

    @SchemaMapping
    Connection<Trace> traces(
            ProjectSession session, @Argument int first, @Argument @Nullable String after) {
        int limit = Connection.limit(first);
        return Connection.of(traces.ofSession(session.key(), after, limit), after);
    }

    @Override
    public String type() {
        return ProjectSession.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return sessions.find(key).orElse(null);
    }
}
