package dev.phoenix.server.kit;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Recorded traffic of a real instrumentation library. Ids are unique in the whole server, so every
 * loading gets its own.
 *
 * @param logs empty unless the library sends some
 * @param ownIds of spans, by the recorded ones
 */
public record Recording(
        String name,
        ExportTraceServiceRequest request,
        ExportLogsServiceRequest logs,
        Map<String, String> ownIds) {

    private static final Path FOLDER = Path.of("src/test/resources/otlp");

    /** The names of all recordings of spans. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".pb") && !file.endsWith(".logs.pb"))
                    .map(file -> file.substring(0, file.length() - ".pb".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Recording load(String name) {
        byte[] traceBits = randomBits(16);
        byte[] spanBits = randomBits(8);
        try {
            byte[] spans = Files.readAllBytes(FOLDER.resolve(name + ".pb"));
            Path logs = FOLDER.resolve(name + ".logs.pb");
            byte[] records = Files.exists(logs) ? Files.readAllBytes(logs) : new byte[0];
            ExportTraceServiceRequest recorded = ExportTraceServiceRequest.parseFrom(spans);
            ExportTraceServiceRequest own = withOwnIds(recorded, traceBits, spanBits);
            return new Recording(
                    name,
                    own,
                    withOwnIds(ExportLogsServiceRequest.parseFrom(records), traceBits, spanBits),
                    ids(spans(recorded), spans(own)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Span> spans() {
        return spans(request);
    }

    private static Map<String, String> ids(List<Span> recorded, List<Span> own) {
        Map<String, String> ids = new HashMap<>();
        for (int i = 0; i < own.size(); i++) {
            ids.put(hex(recorded.get(i).getSpanId()), hex(own.get(i).getSpanId()));
        }
        return ids;
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static List<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** Combining every id with the same random bits keeps who refers to whom. */
    private static ExportTraceServiceRequest withOwnIds(
            ExportTraceServiceRequest recorded, byte[] traceBits, byte[] spanBits) {
        ExportTraceServiceRequest.Builder request = recorded.toBuilder();
        for (ResourceSpans.Builder resource : request.getResourceSpansBuilderList()) {
            for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
                for (Span.Builder span : scope.getSpansBuilderList()) {
                    span.setTraceId(combine(span.getTraceId(), traceBits));
                    span.setSpanId(combine(span.getSpanId(), spanBits));
                    span.setParentSpanId(combine(span.getParentSpanId(), spanBits));
                }
            }
        }
        return request.build();
    }

    private static ExportLogsServiceRequest withOwnIds(
            ExportLogsServiceRequest recorded, byte[] traceBits, byte[] spanBits) {
        ExportLogsServiceRequest.Builder request = recorded.toBuilder();
        for (ResourceLogs.Builder resource : request.getResourceLogsBuilderList()) {
            for (ScopeLogs.Builder scope : resource.getScopeLogsBuilderList()) {
                for (LogRecord.Builder log : scope.getLogRecordsBuilderList()) {
                    log.setTraceId(combine(log.getTraceId(), traceBits));
                    log.setSpanId(combine(log.getSpanId(), spanBits));
                }
            }
        }
        return request.build();
    }

    private static byte[] randomBits(int count) {
        byte[] bits = new byte[count];
        ThreadLocalRandom.current().nextBytes(bits);
        return bits;
    }

    private static ByteString combine(ByteString id, byte[] bits) {
        byte[] combined = id.toByteArray();
        for (int i = 0; i < combined.length; i++) {
            combined[i] ^= bits[i];
        }
        return ByteString.copyFrom(combined);
    }
}
