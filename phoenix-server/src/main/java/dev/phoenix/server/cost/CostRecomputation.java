package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.COST_RECOMPUTATIONS;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.project.Project;
import java.time.Instant;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A job that computes the costs of stored spans anew.
 *
 * @param modelKey only spans that this model priced, or prices now
 * @param projectKey only spans of this project
 * @param timeRange only spans that start in it
 * @param nextKey spans with smaller keys are done
 * @param endKey where the spans end that were there when the job began; 0 before
 */
public record CostRecomputation(
        long key,
        @Nullable Long modelKey,
        @Nullable Long projectKey,
        TimeRange timeRange,
        State state,
        long nextKey,
        long endKey,
        long examinedSpans,
        long changedSpans,
        @Nullable String failure,
        Instant createdAt,
        Instant updatedAt) {

    /** Where the job is in its life. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    static final String TYPE = "CostRecomputation";

    static CostRecomputation from(Record row) {
        return new CostRecomputation(
                row.get(COST_RECOMPUTATIONS.ID),
                row.get(COST_RECOMPUTATIONS.MODEL_ID),
                row.get(COST_RECOMPUTATIONS.PROJECT_ID),
                new TimeRange(
                        instant(row.get(COST_RECOMPUTATIONS.START_NS)),
                        instant(row.get(COST_RECOMPUTATIONS.END_NS))),
                State.valueOf(row.get(COST_RECOMPUTATIONS.STATE)),
                row.get(COST_RECOMPUTATIONS.NEXT_KEY),
                row.get(COST_RECOMPUTATIONS.END_KEY),
                row.get(COST_RECOMPUTATIONS.EXAMINED_SPANS),
                row.get(COST_RECOMPUTATIONS.CHANGED_SPANS),
                row.get(COST_RECOMPUTATIONS.FAILURE),
                Timestamps.instant(row.get(COST_RECOMPUTATIONS.CREATED_AT_NS)),
                Timestamps.instant(row.get(COST_RECOMPUTATIONS.UPDATED_AT_NS)));
    }

    private static @Nullable Instant instant(@Nullable Long nanos) {
        return nanos == null ? null : Timestamps.instant(nanos);
    }

    public String id() {
        return GlobalId.encode(TYPE, key);
    }

    public @Nullable String modelId() {
        return modelKey == null ? null : GlobalId.encode(GenerativeModel.TYPE, modelKey);
    }

    public @Nullable String projectId() {
        return projectKey == null ? null : Project.id(projectKey);
    }

    public @Nullable Instant startTime() {
        return timeRange.start();
    }

    public @Nullable Instant endTime() {
        return timeRange.end();
    }

    /** How much of the stored spans is done, 0 to 1. */
    public double progress() {
        if (state == State.DONE) {
            return 1;
        }
        return endKey == 0 ? 0 : (double) nextKey / endKey;
    }

    /** Whether the job is about a span whose model was the one and is now the other. */
    public boolean concerns(@Nullable SpanCost before, @Nullable SpanCost after) {
        return modelKey == null || isPricedBy(before, modelKey) || isPricedBy(after, modelKey);
    }

    private static boolean isPricedBy(@Nullable SpanCost cost, long model) {
        return cost != null && cost.modelKey() != null && cost.modelKey() == model;
    }
}
