package dev.phoenix.server.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.audit.AuditReader.Entry;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The audit log over REST. Not part of the contract. */
@RestController
@Tag(name = "audit")
class AuditRestController {

    private static final int EXPORT_PAGE = 500;

    private final AuditReader entries;
    private final JsonMapper json;

    AuditRestController(AuditReader entries, JsonMapper json) {
        this.entries = entries;
        this.json = json;
    }

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetAuditEventsResponseBody(
            List<Entry> data, @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @GetMapping("/v1/audit_events")
    GetAuditEventsResponseBody getAuditEvents(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(name = "user_id", required = false) @Nullable String userId,
            @RequestParam(required = false) @Nullable List<String> action,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String address,
            @RequestParam(name = "start_time", required = false) @Nullable Instant startTime,
            @RequestParam(name = "end_time", required = false) @Nullable Instant endTime) {
        String given = Cursor.given(cursor);
        Page<Entry> page =
                entries.page(
                        new AuditFilter(actor, userId, action, target, address, startTime, endTime),
                        given == null ? null : Cursor.key(given),
                        limit);
        return new GetAuditEventsResponseBody(page.rows(), page.firstOfNext(Entry::id));
    }

    /** One entry a line, however many there are: read and sent in pages. */
    @GetMapping(path = "/v1/audit_events/export", produces = MediaType.APPLICATION_NDJSON_VALUE)
    void exportAuditEvents(
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(name = "user_id", required = false) @Nullable String userId,
            @RequestParam(required = false) @Nullable List<String> action,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String address,
            @RequestParam(name = "start_time", required = false) @Nullable Instant startTime,
            @RequestParam(name = "end_time", required = false) @Nullable Instant endTime,
            HttpServletResponse response)
            throws IOException {
        var filter = new AuditFilter(actor, userId, action, target, address, startTime, endTime);
        Page<Entry> page = entries.page(filter, null, EXPORT_PAGE);
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit-log.jsonl\"");
        OutputStream body = response.getOutputStream();
        while (true) {
            for (Entry entry : page.rows()) {
                body.write(json.writeValueAsBytes(entry));
                body.write('\n');
            }
            String next = page.firstOfNext(Entry::id);
            if (next == null) {
                return;
            }
            page = entries.page(filter, Cursor.key(next), EXPORT_PAGE);
        }
    }
}
