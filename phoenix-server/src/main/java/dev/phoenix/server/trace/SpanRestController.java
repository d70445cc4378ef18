package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.WireEnum;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.trace.SpanSearch.SpanFilter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Spans over REST. */
@RestController
@Tag(name = "spans")
class SpanRestController {

    private final ProjectReader projects;
    private final SpanSearch search;
    private final SpanItems items;

    SpanRestController(ProjectReader projects, SpanSearch search, SpanItems items) {
        this.projects = projects;
        this.search = search;
        this.items = items;
    }

    enum Sort implements WireEnum {
        ID,
        START_TIME;

        @Override
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Schema(requiredProperties = {"data", "next_cursor"})
    record SpansResponseBody(
            @Schema(implementation = SpanItem[].class) Iterator<SpanItem> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @GetMapping("/v1/projects/{project_identifier}/spans")
    SpansResponseBody getSpans(
            @PathVariable("project_identifier") String projectIdentifier,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive @Max(1000) int limit,
            @RequestParam(defaultValue = "id") Sort sort,
            @RequestParam(defaultValue = "desc") SortDirection order,
            @RequestParam(name = "start_time", required = false) @Nullable Instant startTime,
            @RequestParam(name = "end_time", required = false) @Nullable Instant endTime,
            @RequestParam(name = "trace_id", required = false) @Nullable List<String> traceIds,
            @RequestParam(name = "span_id", required = false) @Nullable List<String> spanIds,
            @RequestParam(name = "parent_id", required = false) @Nullable String parentId,
            @RequestParam(name = "name", required = false) @Nullable List<String> names,
            @RequestParam(name = "span_kind", required = false) @Nullable List<String> kinds,
            @RequestParam(name = "status_code", required = false)
                    @Nullable List<String> statusCodes,
            @RequestParam(name = "attribute", required = false) @Nullable List<String> attributes) {
        SpanFilter filter =
                new SpanFilter(
                        new TimeRange(startTime, endTime),
                        traceIds,
                        spanIds,
                        parentId,
                        names,
                        kinds == null ? null : SpanSearch.kinds(kinds),
                        statusCodes == null ? null : SpanSearch.statusCodes(statusCodes),
                        attributes == null
                                ? List.of()
                                : attributes.stream().map(AttributeFilter::parse).toList());
        var start = search.start(sort == Sort.ID, order, Cursor.given(cursor));
        long project = projects.require(projectIdentifier).key();
        var page = search.find(project, filter, start, limit);
        return new SpansResponseBody(items.of(page.rows()), page.firstOfNext(start::cursor));
    }
}
