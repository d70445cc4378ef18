package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.trace.SpanFrames.Prepared;
import dev.phoenix.server.trace.SpanFrames.Window;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Data frames of spans, as the Python client asks for them: one part of the answer for each query.
 */
@RestController
@Hidden
class SpanQueryController {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DEFAULT_PROJECT = "default";

    private final SpanFrames frames;
    private final ProjectReader projects;

    SpanQueryController(SpanFrames frames, ProjectReader projects) {
        this.frames = frames;
        this.projects = projects;
    }

    record QuerySpansRequestBody(
            @NotNull List<JsonNode> queries,
            @JsonProperty("start_time") @Nullable Instant startTime,
            @JsonProperty("end_time") @Nullable Instant endTime,
            @JsonProperty("stop_time") @Nullable Instant stopTime,
            @PositiveOrZero @Nullable Integer limit,
            @JsonProperty("root_spans_only") @Nullable Boolean rootSpansOnly,
            @JsonProperty("orphan_span_as_root_span") @Nullable Boolean orphanSpanAsRootSpan,
            @JsonProperty("project_name") @Nullable String projectName) {

        private static final int DEFAULT_LIMIT = 1000;

        TimeRange range() {
            return new TimeRange(startTime, endTime == null ? stopTime : endTime);
        }

        int most() {
            return limit == null ? DEFAULT_LIMIT : limit;
        }
    }

    @PostMapping("/v1/spans")
    void querySpans(
            @RequestParam(name = "project_name", required = false) @Nullable String asked,
            @RequestParam(name = "project-name", required = false) @Nullable String askedToo,
            @RequestHeader(name = "project-name", required = false) @Nullable String header,
            @RequestBody @Valid QuerySpansRequestBody body,
            HttpServletResponse response)
            throws IOException {
        if (body.queries.isEmpty()) {
            throw ApiException.notFound("queries must hold at least one query");
        }
        List<Prepared> queries =
                body.queries.stream().map(SpanQuery::parse).map(frames::prepare).toList();
        String name = first(asked, askedToo, header, body.projectName);
        Window window = window(body, projects.findByName(name).map(Project::key).orElse(null));
        String boundary = UUID.randomUUID().toString().replace("-", "");
        response.setContentType("multipart/mixed; boundary=" + boundary);
        OutputStream out = response.getOutputStream();
        for (Prepared query : queries) {
            write(out, "--" + boundary + "\r\nContent-Type: application/json\r\n\r\n");
            try (JsonGenerator json =
                    JSON.writer()
                            .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                            .createGenerator(out)) {
                frames.write(query, window, json);
            }
            write(out, "\r\n");
        }
        write(out, "--" + boundary + "--\r\n");
    }

    private Window window(QuerySpansRequestBody body, @Nullable Long projectKey) {
        boolean orphans = !Boolean.FALSE.equals(body.orphanSpanAsRootSpan);
        return new Window(
                projectKey,
                body.range(),
                Boolean.TRUE.equals(body.rootSpansOnly) ? frames.roots(orphans) : DSL.noCondition(),
                body.most());
    }

    private static String first(@Nullable String... names) {
        for (String name : names) {
            if (name != null && !name.isEmpty()) {
                return name;
            }
        }
        return DEFAULT_PROJECT;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
