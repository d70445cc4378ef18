package dev.phoenix.server.ingest.write;

import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code traces}.
 *
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
        boolean sumsDeferred,
        boolean sharesCalls,
        long spanCount) {}
