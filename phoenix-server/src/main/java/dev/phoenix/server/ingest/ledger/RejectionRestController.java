package dev.phoenix.server.ingest.ledger;

import static dev.phoenix.server.db.jooq.Tables.REJECTIONS;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.decode.RejectionReason;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rejections ledger over REST, newest first. Not part of the contract. */
@RestController
@Tag(name = "rejections")
class RejectionRestController {

    private static final String TYPE = "Rejection";

    private final DSLContext database;
    private final ProjectReader projects;
    private final JsonMapper json;

    RejectionRestController(Database database, ProjectReader projects, JsonMapper json) {
        this.database = database.read();
        this.projects = projects;
        this.json = json;
    }

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetRejectionsResponseBody(
            List<RejectionItem> data, @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    /**
     * @param projectName where the spans were to go; that project need not exist
     * @param message of the first span
     * @param samples the first spans
     */
    @Schema(name = "Rejection")
    record RejectionItem(
            String id,
            @JsonProperty("project_name") String projectName,
            String reason,
            String message,
            @JsonProperty("span_count") long spanCount,
            @JsonProperty("first_time") Instant firstTime,
            @JsonProperty("last_time") Instant lastTime,
            RejectionSender sender,
            List<Sample> samples) {}

    @Schema(name = "RejectionSender")
    record RejectionSender(
            String protocol,
            @JsonProperty("service_name") String serviceName,
            String sdk,
            @JsonProperty("user_agent") String userAgent) {}

    @GetMapping("/v1/rejections")
    GetRejectionsResponseBody getRejections(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String project,
            @RequestParam(required = false) @Nullable RejectionReason reason,
            @RequestParam(name = "start_time", required = false) @Nullable Instant startTime,
            @RequestParam(name = "end_time", required = false) @Nullable Instant endTime) {
        Condition condition = DSL.noCondition();
        String given = Cursor.given(cursor);
        if (given != null) {
            condition = condition.and(REJECTIONS.ID.le(Cursor.key(given)));
        }
        if (project != null) {
            condition = condition.and(REJECTIONS.PROJECT_NAME.eq(projectName(project)));
        }
        if (reason != null) {
            condition = condition.and(REJECTIONS.REASON.eq(reason.wireName()));
        }
        if (startTime != null) {
            condition = condition.and(REJECTIONS.LAST_NS.ge(Timestamps.nanos(startTime)));
        }
        if (endTime != null) {
            condition = condition.and(REJECTIONS.FIRST_NS.lt(Timestamps.nanos(endTime)));
        }
        Page<RejectionItem> page =
                Page.of(
                        database.select(REJECTIONS.fields())
                                .from(REJECTIONS)
                                .where(condition)
                                .orderBy(REJECTIONS.ID.desc())
                                .limit(limit + 1)
                                .fetch(this::item),
                        limit);
        return new GetRejectionsResponseBody(page.rows(), page.firstOfNext(RejectionItem::id));
    }

    /** By id, or by a name that no project needs to have. */
    private String projectName(String identifier) {
        return GlobalId.keyOf(Project.TYPE, identifier).isPresent()
                ? projects.require(identifier).name()
                : identifier;
    }

    private RejectionItem item(Record row) {
        return new RejectionItem(
                GlobalId.encode(TYPE, row.get(REJECTIONS.ID)),
                row.get(REJECTIONS.PROJECT_NAME),
                row.get(REJECTIONS.REASON),
                row.get(REJECTIONS.MESSAGE),
                row.get(REJECTIONS.SPAN_COUNT),
                Timestamps.instant(row.get(REJECTIONS.FIRST_NS)),
                Timestamps.instant(row.get(REJECTIONS.LAST_NS)),
                new RejectionSender(
                        row.get(REJECTIONS.PROTOCOL),
                        row.get(REJECTIONS.SERVICE_NAME),
                        row.get(REJECTIONS.SDK),
                        row.get(REJECTIONS.USER_AGENT)),
                json.readValue(row.get(REJECTIONS.SAMPLES), new TypeReference<List<Sample>>() {}));
    }
}
