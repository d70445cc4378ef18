package dev.phoenix.benchmarks.scenario;

import java.util.List;
import java.util.Optional;

/** What the server does with its time, told by the stack of a sample. */
enum Area {
    INFLATE("inflate", "java.util.zip.", "com.github.luben."),
    PARSE("parse protobuf or JSON", "dev.phoenix.server.ingest.Otlp", "com.google.protobuf."),
    RULES("dialect rules", "dev.phoenix.server.ingest.dialect."),
    DECODE(
            "attribute tree, columns, JSON text",
            "dev.phoenix.server.ingest.decode.",
            "dev.phoenix.core.attribute."),
    PRICE("tokens and costs", "dev.phoenix.server.cost."),
    COMMIT("commit and checkpoint", "dev.phoenix.server.db."),
    WRITE("SQL: rows, sums, time buckets", "dev.phoenix.server.ingest.write."),
    QUEUE("ports, budgets, hand-over", "dev.phoenix.server.ingest."),
    WIRE(
            "HTTP and gRPC",
            "dev.phoenix.server.",
            "org.apache.",
            "org.springframework.",
            "io.grpc.",
            "sun.nio.",
            "java.net."),
    OTHER("other Java");

    private final String label;
    private final List<String> prefixes;

    Area(String label, String... prefixes) {
        this.label = label;
        this.prefixes = List.of(prefixes);
    }

    /**
     * @param classes of the frames, the innermost first
     */
    static Area of(List<String> classes) {
        for (String name : classes) {
            Optional<Area> area = claiming(name);
            if (area.isPresent()) {
                return area.get();
            }
        }
        return OTHER;
    }

    /** Frames of the JDK and of drivers belong to whoever called them. */
    private static Optional<Area> claiming(String name) {
        for (Area area : values()) {
            if (area.prefixes.stream().anyMatch(name::startsWith)) {
                return Optional.of(area);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return label;
    }
}
