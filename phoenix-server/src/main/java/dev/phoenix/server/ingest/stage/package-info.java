/** The stages of ingestion, measured: a histogram and a span of our own for each. */
@NullMarked
package dev.phoenix.server.ingest.stage;

import org.jspecify.annotations.NullMarked;
