package dev.phoenix.server.ingest.rederive;

import static dev.phoenix.server.db.jooq.Tables.REDERIVATIONS;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.project.Project;
import java.time.Instant;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A job that reads stored spans anew.
 *
 * @param projectKey only spans of this project
 * @param rulesVersion of the rules when it was asked for
 * @param nextKey spans with smaller keys are done
 * @param endKey where the spans end that were there when the job began; 0 before
 */
record Rederivation(
        long key,
        @Nullable Long projectKey,
        int rulesVersion,
        State state,
        long nextKey,
        long endKey,
        long examinedSpans,
        long changedSpans,
        @Nullable String failure,
        Instant createdAt,
        Instant updatedAt) {

    /** Where the job is in its life. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    static final String TYPE = "Rederivation";

    static Rederivation from(Record row) {
        return new Rederivation(
                row.get(REDERIVATIONS.ID),
                row.get(REDERIVATIONS.PROJECT_ID),
                row.get(REDERIVATIONS.RULES_VERSION),
                State.valueOf(row.get(REDERIVATIONS.STATE)),
                row.get(REDERIVATIONS.NEXT_KEY),
                row.get(REDERIVATIONS.END_KEY),
                row.get(REDERIVATIONS.EXAMINED_SPANS),
                row.get(REDERIVATIONS.CHANGED_SPANS),
                row.get(REDERIVATIONS.FAILURE),
                Timestamps.instant(row.get(REDERIVATIONS.CREATED_AT_NS)),
                Timestamps.instant(row.get(REDERIVATIONS.UPDATED_AT_NS)));
    }

    public String id() {
        return GlobalId.encode(TYPE, key);
    }

    public @Nullable String projectId() {
        return projectKey == null ? null : Project.id(projectKey);
    }

    /** How much of the stored spans is done, 0 to 1. */
    public double progress() {
        if (state == State.DONE) {
            return 1;
        }
        return endKey == 0 ? 0 : (double) nextKey / endKey;
    }
}
