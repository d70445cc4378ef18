/** OTLP over HTTP and gRPC, from the wire to the acknowledgement: read, decode, commit, answer. */
@NullMarked
package dev.phoenix.server.ingest;

import org.jspecify.annotations.NullMarked;
