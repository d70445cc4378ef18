package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;

/** A span that a batch stores. Keys are in the order in which spans were sent: lists show it. */
record NewSpan(long key, TraceChange trace, DecodedSpan span) {}
