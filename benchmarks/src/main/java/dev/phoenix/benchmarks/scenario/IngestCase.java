package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.SpanSize;
import dev.phoenix.benchmarks.target.Engine;

/** What is compared with the floor on the same terms. */
record IngestCase(Engine engine, Protocol protocol, SpanSize size) {

    String columns() {
        return "%s | %s | %s".formatted(engine, protocol, size);
    }
}
