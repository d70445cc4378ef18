package dev.phoenix.server.audit;

import static dev.phoenix.server.db.jooq.Tables.AUDIT_LOG;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Entries of the log, newest first. */
@Component
class AuditReader {

    static final String USER = "User";
    private static final String TYPE = "AuditEvent";

    private final Database database;
    private final JsonMapper json;

    AuditReader(Database database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Schema(name = "AuditEvent")
    record Entry(
            String id,
            Instant time,
            EntryActor actor,
            String action,
            String target,
            Map<String, String> details,
            String address) {}

    /**
     * @param userId absent for those who are no user
     */
    @Schema(name = "AuditActor")
    record EntryActor(
            @JsonProperty("user_id") @Nullable String userId, String name, String credential) {}

    /**
     * @param from the key of the first entry, null for the newest
     */
    Page<Entry> page(AuditFilter filter, @Nullable Long from, int limit) {
        Condition condition = filter.condition();
        if (from != null) {
            condition = condition.and(AUDIT_LOG.ID.le(from));
        }
        return Page.of(
                database.read()
                        .select(AUDIT_LOG.fields())
                        .from(AUDIT_LOG)
                        .where(condition)
                        .orderBy(AUDIT_LOG.ID.desc())
                        .limit(limit + 1)
                        .fetch(this::entry),
                limit);
    }

    private Entry entry(Record row) {
        Long userId = row.get(AUDIT_LOG.USER_ID);
        return new Entry(
                GlobalId.encode(TYPE, row.get(AUDIT_LOG.ID)),
                Timestamps.instant(row.get(AUDIT_LOG.TIME_NS)),
                new EntryActor(
                        userId == null ? null : GlobalId.encode(USER, userId),
                        row.get(AUDIT_LOG.ACTOR),
                        row.get(AUDIT_LOG.CREDENTIAL)),
                row.get(AUDIT_LOG.ACTION),
                row.get(AUDIT_LOG.TARGET),
                json.readValue(
                        row.get(AUDIT_LOG.DETAILS), new TypeReference<Map<String, String>>() {}),
                row.get(AUDIT_LOG.ADDRESS));
    }
}
