package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.TRACE_JOBS;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.db.Database;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What retention has purged, kept for a year. */
@Service
public class PurgeLog {

    private final DSLContext database;
    private final Keyset<Long> newestFirst =
            new Keyset<>(TRACE_JOBS.ID, TRACE_JOBS.ID, SortKey.INTEGER, true);

    PurgeLog(Database database) {
        this.database = database.read();
    }

    /**
     * What one sweep of one policy took from one project.
     *
     * @param done whether it is over; else there is more to come, unless it failed
     * @param failed whether something stopped it; the next sweep tries again
     */
    public record RetentionPurge(
            String policyName,
            String projectName,
            long traceCount,
            long spanCount,
            boolean done,
            boolean failed,
            Instant startedAt,
            Instant updatedAt) {

        private static RetentionPurge from(Record row) {
            return new RetentionPurge(
                    row.get(TRACE_JOBS.POLICY_NAME),
                    row.get(TRACE_JOBS.PROJECT_NAME),
                    row.get(TRACE_JOBS.TRACE_COUNT),
                    row.get(TRACE_JOBS.SPAN_COUNT),
                    row.get(TRACE_JOBS.STATE).equals(TraceJob.State.DONE.name()),
                    row.get(TRACE_JOBS.STATE).equals(TraceJob.State.FAILED.name()),
                    Timestamps.instant(row.get(TRACE_JOBS.CREATED_AT_NS)),
                    Timestamps.instant(row.get(TRACE_JOBS.UPDATED_AT_NS)));
        }
    }

    /** Newest first, after the cursor. */
    public Page<Listed<RetentionPurge>> list(@Nullable String after, int limit) {
        Condition start = after == null ? DSL.noCondition() : newestFirst.after(after);
        var query =
                database.select(TRACE_JOBS.fields())
                        .select(newestFirst.selected())
                        .from(TRACE_JOBS)
                        .where(TRACE_JOBS.POLICY_ID.isNotNull(), start);
        return newestFirst.page(query, limit, RetentionPurge::from);
    }
}
