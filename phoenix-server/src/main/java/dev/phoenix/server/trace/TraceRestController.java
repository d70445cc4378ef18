package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.WireEnum;
import dev.phoenix.server.filter.Filters;
import dev.phoenix.server.project.ProjectReader;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Traces over REST. */
@RestController
@Tag(name = "traces")
class TraceRestController {

    private final ProjectReader projects;
    private final TraceReader traces;
    private final TraceItems items;
    private final SessionLookup sessions;
    private final Filters filters;

    TraceRestController(
            ProjectReader projects,
            TraceReader traces,
            TraceItems items,
            SessionLookup sessions,
            Filters filters) {
        this.projects = projects;
        this.traces = traces;
        this.items = items;
        this.sessions = sessions;
        this.filters = filters;
    }

    enum Sort implements WireEnum {
        START_TIME("start_time", TraceColumn.START_TIME),
        LATENCY_MS("latency_ms", TraceColumn.LATENCY_MS);

        private final String wireName;
        private final TraceColumn column;

        Sort(String wireName, TraceColumn column) {
            this.wireName = wireName;
            this.column = column;
        }

        @Override
        public String wireName() {
            return wireName;
        }
    }

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetTracesResponseBody(
            @Schema(implementation = TraceData[].class) Iterator<TraceData> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @GetMapping("/v1/projects/{project_identifier}/traces")
    GetTracesResponseBody listProjectTraces(
            @PathVariable("project_identifier") String projectIdentifier,
            @RequestParam(name = "start_time", required = false) @Nullable Instant startTime,
            @RequestParam(name = "end_time", required = false) @Nullable Instant endTime,
            @RequestParam(defaultValue = "start_time") Sort sort,
            @RequestParam(defaultValue = "desc") SortDirection order,
            @RequestParam(defaultValue = "100") @Positive @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(name = "include_spans", defaultValue = "false") boolean includeSpans,
            @RequestParam(name = "session_identifier", required = false)
                    @Nullable List<String> sessionIdentifiers,
            @Parameter(deprecated = true) @RequestParam(required = false) @Nullable Boolean error,
            @Parameter(deprecated = true)
                    @RequestParam(name = "min_latency_ms", required = false)
                    @PositiveOrZero
                    @Nullable Double minLatencyMs,
            @Parameter(deprecated = true)
                    @RequestParam(name = "max_latency_ms", required = false)
                    @PositiveOrZero
                    @Nullable Double maxLatencyMs,
            @RequestParam(required = false) @Nullable String filter) {
        Condition asked = filters.traces(filter);
        var keyset = sort.column.keyset(order);
        String after = Cursor.given(cursor);
        if (after != null) {
            keyset.after(after);
        }
        long project = projects.require(projectIdentifier).key();
        var wanted =
                new TraceFilter(
                        new TimeRange(startTime, endTime),
                        Optional.ofNullable(sessionIdentifiers).map(sessions::keys),
                        error,
                        minLatencyMs,
                        maxLatencyMs,
                        asked);
        var page = traces.ofProject(project, wanted, keyset, after, limit);
        var rows = page.rows().stream().map(Listed::row).toList();
        return new GetTracesResponseBody(
                includeSpans
                        ? items.withSpans(rows)
                        : rows.stream().map(trace -> TraceData.of(trace, null)).iterator(),
                page.lastOfThis(Listed::cursor));
    }
}
