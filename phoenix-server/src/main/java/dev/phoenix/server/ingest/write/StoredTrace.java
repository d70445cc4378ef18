package dev.phoenix.server.ingest.write;

import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code traces}.
 *
 * @param cost of all its calls that count in it
 * @param sumsDeferred whether the cumulative sums of its spans wait for a {@link TraceRevision}
 * @param sharesCalls whether several spans are known to report one of its calls
 */
record StoredTrace(
        long key,
        long projectKey,
        @Nullable Long sessionKey,
        long startNs,
        long endNs,
        Sums sums,
        double cost,
        boolean sumsDeferred,
        boolean sharesCalls,
        long spanCount) {}
