package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.ingest.dialect.Dialects;
import dev.phoenix.server.ingest.dialect.JsonValues;
import dev.phoenix.server.ingest.dialect.SentEvent;
import dev.phoenix.server.settings.Settings;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Recordings decoded without a server, events of logs joined. */
public final class DecodedRecordings {

    public static final Path FOLDER = Path.of("src/test/resources/otlp");

    private DecodedRecordings() {}

    public static List<DecodedSpan> spans(String recording, Dialects dialects) {
        return decoder(dialects).decode(request(recording), null, LoggedEvents.NONE).spans();
    }

    /** Secrets are masked, as they are by default. */
    public static SpanDecoder decoder(Dialects dialects) {
        return new SpanDecoder(dialects, Settings.load(Map.of()).ingest());
    }

    public static ExportTraceServiceRequest request(String recording) {
        try {
            return ExportTraceServiceRequest.parseFrom(
                    Files.readAllBytes(FOLDER.resolve(recording + ".pb")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the id of the span. */
    public static Map<String, Restatement> joined(String recording, Dialects dialects) {
        Map<String, List<SentEvent>> events = events(recording);
        Map<String, Restatement> read = new HashMap<>();
        for (DecodedSpan span : spans(recording, dialects)) {
            read.put(
                    span.spanId(),
                    Restatement.of(
                            stored(span),
                            events.getOrDefault(span.spanId(), List.of()),
                            dialects,
                            true));
        }
        return read;
    }

    public static Restatement.Stored stored(DecodedSpan span) {
        return new Restatement.Stored(
                span.name(),
                span.status(),
                span.payload().scope().name(),
                span.payload().attributes(),
                span.payload().derivation(),
                span.payload().events(),
                span.payload().links(),
                Restatement.Origins.NONE);
    }

    private static Map<String, List<SentEvent>> events(String recording) {
        Path file = FOLDER.resolve(recording + ".logs.pb");
        Map<String, List<SentEvent>> events = new HashMap<>();
        if (!Files.exists(file)) {
            return events;
        }
        try {
            ExportLogsServiceRequest.parseFrom(Files.readAllBytes(file))
                    .getResourceLogsList()
                    .forEach(
                            resource ->
                                    resource.getScopeLogsList()
                                            .forEach(
                                                    scope ->
                                                            scope.getLogRecordsList()
                                                                    .forEach(
                                                                            log ->
                                                                                    add(
                                                                                            events,
                                                                                            log))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }

    private static void add(Map<String, List<SentEvent>> events, LogRecord log) {
        String name =
                log.getEventName().isEmpty()
                        ? log.getAttributesList().stream()
                                .filter(attribute -> attribute.getKey().equals("event.name"))
                                .map(KeyValue::getValue)
                                .map(value -> value.getStringValue())
                                .findFirst()
                                .orElse("")
                        : log.getEventName();
        events.computeIfAbsent(
                        HexFormat.of().formatHex(log.getSpanId().toByteArray()),
                        id -> new ArrayList<>())
                .add(
                        new SentEvent(
                                name,
                                log.getTimeUnixNano(),
                                JsonValues.of(log.getBody()),
                                JsonValues.of(log.getAttributesList())));
    }
}
