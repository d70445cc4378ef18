package dev.phoenix.server.session;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Batch;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.GraphQlEnums;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.api.Probability;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectRange;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.session.SessionReader.Totals;
import dev.phoenix.server.trace.AnnotationValues;
import dev.phoenix.server.trace.SessionTraces;
import dev.phoenix.server.trace.Span;
import dev.phoenix.server.trace.SpanText;
import dev.phoenix.server.trace.Trace;
import dev.phoenix.server.trace.TraceReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jooq.impl.DSL;
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
    private final AnnotationValues annotations;

    SessionGraphQlController(
            SessionReader sessions,
            SessionTraces sessionTraces,
            TraceReader traces,
            ProjectReader projects,
            Filters filters,
            AnnotationValues annotations,
            BatchLoaderRegistry registry) {
        this.sessions = sessions;
        this.traces = traces;
        this.projects = projects;
        this.filters = filters;
        this.annotations = annotations;
        Batch.register(registry, "firstRootSpans", sessionTraces::firstRootSpans);
        Batch.register(registry, "lastRootSpans", sessionTraces::lastRootSpans);
        Batch.register(registry, "sessionLatencies", sessionTraces::latencyQuantiles);
        Batch.<ProjectRange, Totals>register(
                registry,
                "sessionTotals",
                wanted ->
                        ProjectRange.load(
                                wanted,
                                (keys, range) -> sessions.totals(keys, range, DSL.noCondition()),
                                Totals.NONE));
        Batch.<ProjectRange, Integer>register(
                registry,
                "sessionCounts",
                wanted -> ProjectRange.load(wanted, sessions::counts, 0));
    }

    @Bean
    static RuntimeWiringConfigurer sessionEnums() {
        return wiring -> {
            GraphQlEnums.wire(wiring, "ProjectSessionColumn", SessionColumn.values());
            GraphQlEnums.wire(
                    wiring, "ProjectSessionAnnoAttr", AnnotationValues.Attribute.values());
        };
    }

    /** By a column, or by the annotations of a name. */
    record ProjectSessionSort(
            @Nullable SessionColumn col,
            AnnotationValues.@Nullable Key annoResultKey,
            SortDirection dir) {

        ListOrder order(AnnotationValues annotations) {
            if (annoResultKey == null) {
                return ListOrder.by(SessionColumn.keyset(col, dir));
            }
            if (col != null) {
                throw ApiException.badRequest("sort by col or by annoResultKey, not by both");
            }
            return ListOrder.valuedFirst(
                    AnnotationValues.valued(
                            annotations,
                            AnnotationValues.Grain.SESSION,
                            annoResultKey,
                            SessionColumn.KEY,
                            dir),
                    SessionColumn.keyset(SessionColumn.START_TIME, dir));
        }
    }

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
        ListOrder order =
                sort == null
                        ? ListOrder.by(SessionColumn.keyset(null, SortDirection.ASC))
                        : sort.order(annotations);
        TimeRange range = TimeRange.orAll(timeRange);
        ConnectionRange page = ConnectionRange.first(Connection.limit(first), after);
        var condition = filters.sessions(sessionFilterCondition);
        return page.connection(sessions.ofProject(project.key(), range, condition, order, page));
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

    @SchemaMapping(typeName = "Project")
    CompletableFuture<@Nullable Double> averageSessionDurationMs(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String sessionFilterCondition,
            DataLoader<ProjectRange, Totals> sessionTotals) {
        return totals(project, timeRange, sessionFilterCondition, sessionTotals)
                .thenApply(total -> average(total, total.durationNs() / 1e6));
    }

    @SchemaMapping(typeName = "Project")
    CompletableFuture<@Nullable Double> averageTracesPerSession(
            Project project,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String sessionFilterCondition,
            DataLoader<ProjectRange, Totals> sessionTotals) {
        return totals(project, timeRange, sessionFilterCondition, sessionTotals)
                .thenApply(total -> average(total, total.traces()));
    }

    private CompletableFuture<Totals> totals(
            Project project,
            @Nullable TimeRange timeRange,
            @Nullable String condition,
            DataLoader<ProjectRange, Totals> sessionTotals) {
        TimeRange range = TimeRange.orAll(timeRange);
        long key = project.key();
        return Filters.isGiven(condition)
                ? CompletableFuture.completedFuture(
                        sessions.totals(List.of(key), range, filters.sessions(condition))
                                .getOrDefault(key, Totals.NONE))
                : sessionTotals.load(new ProjectRange(key, range));
    }

    private static @Nullable Double average(Totals totals, double sum) {
        return totals.sessions() == 0 ? null : (Double) (sum / totals.sessions());
    }

    @SchemaMapping(typeName = "Project")
    @Nullable Double sessionDurationMsQuantile(
            Project project,
            @Argument double probability,
            @Argument @Nullable TimeRange timeRange,
            @Argument @Nullable String sessionFilterCondition) {
        return sessions.durationQuantile(
                project.key(),
                TimeRange.orAll(timeRange),
                filters.sessions(sessionFilterCondition),
                Probability.checked(probability));
    }

    @SchemaMapping
    CompletableFuture<Double> traceLatencyMsQuantile(
            ProjectSession session,
            @Argument double probability,
            DataLoader<SessionTraces.Quantile, Double> sessionLatencies) {
        return sessionLatencies.load(
                new SessionTraces.Quantile(session.key(), Probability.checked(probability)));
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
            ProjectSession session,
            @Argument int first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before) {
        return traces.ofSession(session.key(), ConnectionRange.of(first, last, after, before));
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
