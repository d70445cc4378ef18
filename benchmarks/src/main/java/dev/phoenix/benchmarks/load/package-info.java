/**
 * The load generator: realistic OTLP requests with unique ids, sent over HTTP or gRPC, and what
 * came back.
 */
@NullMarked
package dev.phoenix.benchmarks.load;

import org.jspecify.annotations.NullMarked;
