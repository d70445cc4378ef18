/** OTLP messages to rows: attribute trees, derived columns, and spans that are refused. */
@NullMarked
package dev.phoenix.server.ingest.decode;

import org.jspecify.annotations.NullMarked;
