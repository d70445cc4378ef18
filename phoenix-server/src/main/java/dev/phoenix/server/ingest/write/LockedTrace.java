package dev.phoenix.server.ingest.write;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import java.util.List;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;

/** A row of table {@code traces} that a transaction holds and is about to change. */
record LockedTrace(
        long key,
        long projectKey,
        @Nullable Long sessionKey,
        long startNs,
        long endNs,
        long spanCount,
        Sums sums,
        double cost,
        boolean sharesCalls) {

    static final List<SelectField<?>> COLUMNS =
            List.of(
                    TRACES.ID,
                    TRACES.PROJECT_ID,
                    TRACES.SESSION_KEY,
                    TRACES.START_NS,
                    TRACES.END_NS,
                    TRACES.SPAN_COUNT,
                    TRACES.ERROR_COUNT,
                    TRACES.PROMPT_TOKENS,
                    TRACES.COMPLETION_TOKENS,
                    TRACES.PROMPT_COST,
                    TRACES.COMPLETION_COST,
                    TRACES.SHARES_CALLS);

    static LockedTrace from(Record row) {
        return new LockedTrace(
                row.get(TRACES.ID),
                row.get(TRACES.PROJECT_ID),
                row.get(TRACES.SESSION_KEY),
                row.get(TRACES.START_NS),
                row.get(TRACES.END_NS),
                row.get(TRACES.SPAN_COUNT),
                new Sums(
                        row.get(TRACES.ERROR_COUNT),
                        row.get(TRACES.PROMPT_TOKENS),
                        row.get(TRACES.COMPLETION_TOKENS)),
                row.get(TRACES.PROMPT_COST) + row.get(TRACES.COMPLETION_COST),
                row.get(TRACES.SHARES_CALLS) == 1);
    }

    long latencyNs() {
        return endNs - startNs;
    }
}
