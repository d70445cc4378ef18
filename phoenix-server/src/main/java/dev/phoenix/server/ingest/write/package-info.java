/**
 * Group commit: lanes that collect decoded spans and the writer that stores a batch in one
 * transaction.
 */
@NullMarked
package dev.phoenix.server.ingest.write;

import org.jspecify.annotations.NullMarked;
