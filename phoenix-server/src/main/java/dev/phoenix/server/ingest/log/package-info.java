/** OTLP logs: the events of spans among them, and how they find their spans. */
@NullMarked
package dev.phoenix.server.ingest.log;

import org.jspecify.annotations.NullMarked;
