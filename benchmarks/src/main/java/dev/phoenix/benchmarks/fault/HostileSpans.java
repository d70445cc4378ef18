package dev.phoenix.benchmarks.fault;

import com.google.protobuf.ByteString;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Spans with attribute names and depths nobody should send: all are stored, and can be read. */
final class HostileSpans implements Fault {

    private static final int PER_REQUEST = 50;
    private static final int ATTRIBUTES = 12;
    private static final int READ_BACK_EVERY = 20;
    private static final long START_NS = 1_760_000_000_000_000_000L;

    @Override
    public String name() {
        return "hostile";
    }

    @Override
    public Report cause(Engine engine, Effort effort) throws Exception {
        var report = new Report();
        int count = effort.of(500, 10_000);
        try (Rig rig = Rig.on(engine);
                RunningServer server = rig.startServer()) {
            try (Sender sender = Rig.sender(server, 0);
                    Exporter.Load load = rig.exporter().start(sender, 1);
                    OpenDoor door = new OpenDoor(server)) {
                load.awaitAcknowledged(1);
                for (int first = 0; first < count; first += PER_REQUEST) {
                    send(report, server, door, effort.seed(), first);
                }
            }
            long stored =
                    Long.parseLong(
                            rig.store()
                                    .value(
                                            "SELECT count(*) FROM spans WHERE name LIKE 'hostile %'"));
            report.require(stored == count, "%,d of %,d hostile spans are stored", stored, count);
            report.fact("%,d spans with %d hostile attributes each", count, ATTRIBUTES);
            report.require(server.isAlive(), "the server ended");
            try (Sender sender = Rig.sender(server, 0)) {
                rig.exporter().drain(sender);
            }
            rig.oracle().findLosses(report);
            rig.oracle().recount(report);
        }
        return report;
    }

    private static void send(
            Report report, RunningServer server, OpenDoor door, long seed, int first)
            throws Exception {
        var random = new SplittableRandom(seed + first);
        var spans = ScopeSpans.newBuilder();
        ByteString traceId = id(random, 16);
        for (int i = 0; i < PER_REQUEST; i++) {
            Span.Builder span =
                    Span.newBuilder()
                            .setTraceId(traceId)
                            .setSpanId(id(random, 8))
                            .setName("hostile " + (first + i))
                            .setStartTimeUnixNano(START_NS + first)
                            .setEndTimeUnixNano(START_NS + first + 1_000_000);
            for (int j = 0; j < ATTRIBUTES; j++) {
                span.addAttributes(Hostile.attribute(random));
            }
            spans.addSpans(span);
        }
        byte[] body =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(spans))
                        .build()
                        .toByteArray();
        Mutations.Door way =
                first / PER_REQUEST % 2 == 0 ? Mutations.Door.GRPC : Mutations.Door.PROTOBUF;
        String answer = door.send(way, body);
        report.require(
                OpenDoor.isYes(answer),
                "spans %d to %d had the answer %s",
                first,
                first + PER_REQUEST - 1,
                answer);
        if (first / PER_REQUEST % READ_BACK_EVERY == 0) {
            String id = HexFormat.of().formatHex(spans.getSpans(0).getSpanId().toByteArray());
            var read = server.get("/v1/projects/default/spans?span_id=" + id);
            report.require(
                    read.statusCode() == 200 && read.body().contains("hostile " + first),
                    "span %d is not readable: status %d",
                    first,
                    read.statusCode());
        }
    }

    private static ByteString id(SplittableRandom random, int bytes) {
        ByteBuffer id = ByteBuffer.allocate(bytes);
        while (id.hasRemaining()) {
            id.putLong(random.nextLong());
        }
        return ByteString.copyFrom(id.array());
    }
}
