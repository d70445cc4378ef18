package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.trace.SpanSearch.SpanFilter;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Spans in the notation of OTLP, newest first. */
@RestController
@Tag(name = "spans")
class OtlpSpansController {

    private final ProjectReader projects;
    private final SpanSearch search;
    private final SpanItems items;

    OtlpSpansController(ProjectReader projects, SpanSearch search, SpanItems items) {
        this.projects = projects;
        this.search = search;
        this.items = items;
    }

    @Schema(requiredProperties = {"data", "next_cursor"})
    record OtlpSpansResponseBody(
            @Schema(implementation = OtlpSchema.SpanData[].class) Iterator<OtlpSpan> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    /**
     * Lists them.
     *
     * @param derived an extension: whether attributes are shown that were not sent but read from
     *     others; hidden, because the document of the API is that of the contract
     */
    @GetMapping("/v1/projects/{project_identifier}/spans/otlpv1")
    OtlpSpansResponseBody spanSearch(
            @PathVariable("project_identifier") String projectIdentifier,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive @Max(1000) int limit,
            @RequestParam(name = "start_time", required = false) @Nullable Instant startTime,
            @RequestParam(name = "end_time", required = false) @Nullable Instant endTime,
            @RequestParam(name = "trace_id", required = false) @Nullable List<String> traceIds,
            @RequestParam(name = "span_id", required = false) @Nullable List<String> spanIds,
            @RequestParam(name = "parent_id", required = false) @Nullable String parentId,
            @RequestParam(name = "name", required = false) @Nullable List<String> names,
            @RequestParam(name = "status_code", required = false)
                    @Nullable List<String> statusCodes,
            @RequestParam(name = "attribute", required = false) @Nullable List<String> attributes,
            @Parameter(hidden = true) @RequestParam(defaultValue = "true") boolean derived) {
        SpanFilter filter =
                new SpanFilter(
                        new TimeRange(startTime, endTime),
                        traceIds,
                        spanIds,
                        parentId,
                        names,
                        null,
                        statusCodes == null ? null : SpanSearch.statusCodes(statusCodes),
                        attributes == null
                                ? List.of()
                                : attributes.stream().map(AttributeFilter::parse).toList());
        var start = search.start(true, SortDirection.DESC, Cursor.given(cursor));
        var page = search.find(projects.require(projectIdentifier).key(), filter, start, limit);
        return new OtlpSpansResponseBody(
                items.otlp(page.rows(), derived), page.firstOfNext(start::cursor));
    }
}
