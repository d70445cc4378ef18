package dev.phoenix.server.ingest.write;

import org.jspecify.annotations.Nullable;

/** A row of table {@code traces}. */
record StoredTrace(
        long key,
        long projectKey,
        @Nullable Long sessionKey,
        long startNs,
        long endNs,
        Sums sums) {}
