package dev.phoenix.server.session;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.trace.TracesOfSessions;
import dev.phoenix.server.trace.TracesOfSessions.Member;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sessions over REST. */
@RestController
@Tag(name = "sessions")
class ProjectSessionRestController {

    private static final int LARGEST_PAGE = 1000;

    private final ProjectReader projects;
    private final SessionReader sessions;
    private final TracesOfSessions traces;
    private final Filters filters;

    ProjectSessionRestController(
            ProjectReader projects,
            SessionReader sessions,
            TracesOfSessions traces,
            Filters filters) {
        this.projects = projects;
        this.sessions = sessions;
        this.traces = traces;
        this.filters = filters;
    }

    @Schema(requiredProperties = {"id", "trace_id", "start_time", "end_time"})
    record SessionTraceData(
            String id,
            @JsonProperty("trace_id") String traceId,
            @JsonProperty("start_time") Instant startTime,
            @JsonProperty("end_time") Instant endTime) {

        private static SessionTraceData of(Member trace) {
            return new SessionTraceData(
                    trace.id(), trace.traceId(), trace.startTime(), trace.endTime());
        }
    }

    @Schema(
            requiredProperties = {
                "id",
                "session_id",
                "project_id",
                "start_time",
                "end_time",
                "traces"
            })
    record SessionData(
            String id,
            @JsonProperty("session_id") String sessionId,
            @JsonProperty("project_id") String projectId,
            @JsonProperty("start_time") Instant startTime,
            @JsonProperty("end_time") Instant endTime,
            List<SessionTraceData> traces,
            @JsonProperty("token_count_prompt") long tokenCountPrompt,
            @JsonProperty("token_count_completion") long tokenCountCompletion,
            @JsonProperty("token_count_total") long tokenCountTotal) {

        private static SessionData of(ProjectSession session, List<Member> traces) {
            long prompt = (long) session.tokenUsage().prompt();
            long completion = (long) session.tokenUsage().completion();
            return new SessionData(
                    session.id(),
                    session.sessionId(),
                    Project.id(session.projectKey()),
                    session.startTime(),
                    session.endTime(),
                    traces.stream().map(SessionTraceData::of).toList(),
                    prompt,
                    completion,
                    prompt + completion);
        }
    }

    @Schema(requiredProperties = "data")
    record GetSessionResponseBody(SessionData data) {}

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetSessionsResponseBody(
            List<SessionData> data, @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @GetMapping("/v1/sessions/{session_identifier}")
    GetSessionResponseBody getSession(@PathVariable("session_identifier") String identifier) {
        ProjectSession session =
                sessions.byKeys(sessions.keys(List.of(identifier))).values().stream()
                        .findFirst()
                        .orElseThrow(
                                () -> ApiException.notFound("no session has the id " + identifier));
        return new GetSessionResponseBody(data(List.of(session)).getFirst());
    }

    @GetMapping("/v1/projects/{project_identifier}/sessions")
    GetSessionsResponseBody listProjectSessions(
            @PathVariable("project_identifier") String identifier,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive int limit,
            @RequestParam(defaultValue = "asc") SortDirection order,
            @RequestParam(required = false) @Nullable String filter) {
        Condition asked = filters.sessions(filter);
        String given = Cursor.given(cursor);
        Long from = given == null ? null : (Long) Cursor.key(given);
        var page =
                sessions.byKey(
                        projects.require(identifier).key(),
                        asked,
                        order,
                        from,
                        Math.min(limit, LARGEST_PAGE));
        return new GetSessionsResponseBody(data(page.rows()), page.firstOfNext(ProjectSession::id));
    }

    private List<SessionData> data(List<ProjectSession> listed) {
        Map<Long, List<Member>> members =
                traces.of(listed.stream().map(ProjectSession::key).toList());
        return listed.stream()
                .map(
                        session ->
                                SessionData.of(
                                        session, members.getOrDefault(session.key(), List.of())))
                .toList();
    }
}
