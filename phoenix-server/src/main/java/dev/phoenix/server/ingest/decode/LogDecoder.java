package dev.phoenix.server.ingest.decode;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records among logs that are events of spans: what models were told and answered, which
 * some instrumentations send apart from the span. An event that cannot be one is refused alone.
 */
public final class LogDecoder {

    /** Of every event of the GenAI conventions, old and new. */
    private static final String EVENTS_OF_SPANS = "gen_ai.";

    private static final String EVENT_NAME = "event.name";

    private LogDecoder() {}

    /**
     * @param projectName overrides the project of every resource when not null or empty
     * @param masksSecrets whether keys and the like in them are hidden
     */
    public static DecodedLogs decode(
            ExportLogsServiceRequest request, @Nullable String projectName, boolean masksSecrets) {
        List<LogEvent> events = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        long others = 0;
        for (ResourceLogs resourceLogs : request.getResourceLogsList()) {
            Sender sender = new Sender(resourceLogs, projectName);
            for (ScopeLogs scopeLogs : resourceLogs.getScopeLogsList()) {
                for (LogRecord record : scopeLogs.getLogRecordsList()) {
                    String name = nameOf(record);
                    if (!isOfSpan(record, name)) {
                        others++;
                        continue;
                    }
                    String flaw = flawOf(record);
                    if (flaw == null) {
                        events.add(event(record, name, sender, masksSecrets));
                    } else {
                        rejections.add(rejection(record, name, flaw, sender));
                    }
                }
            }
        }
        return new DecodedLogs(events, rejections, others);
    }

    /** Newer senders have a field for it, older ones an attribute. */
    private static String nameOf(LogRecord record) {
        if (!record.getEventName().isEmpty()) {
            return record.getEventName();
        }
        for (KeyValue attribute : record.getAttributesList()) {
            if (attribute.getKey().equals(EVENT_NAME)) {
                return attribute.getValue().getStringValue();
            }
        }
        return "";
    }

    private static boolean isOfSpan(LogRecord record, String name) {
        return name.startsWith(EVENTS_OF_SPANS)
                && !SpanDecoder.isZero(record.getTraceId())
                && !SpanDecoder.isZero(record.getSpanId());
    }

    private static @Nullable String flawOf(LogRecord record) {
        if (record.getTraceId().size() != 16) {
            return "trace_id must be 16 bytes, was '"
                    + SpanDecoder.shown(record.getTraceId())
                    + "'";
        }
        if (record.getSpanId().size() != 8) {
            return "span_id must be 8 bytes, was '" + SpanDecoder.shown(record.getSpanId()) + "'";
        }
        if (timeOf(record) < 0) {
            return "its time must be below 2^63 nanoseconds, was "
                    + Long.toUnsignedString(timeOf(record));
        }
        return null;
    }

    private static long timeOf(LogRecord record) {
        return record.getTimeUnixNano() == 0
                ? record.getObservedTimeUnixNano()
                : record.getTimeUnixNano();
    }

    private static LogEvent event(
            LogRecord sent, String name, Sender sender, boolean masksSecrets) {
        Secrets secrets = new Secrets();
        LogRecord record = masksSecrets ? secrets.hide(sent) : sent;
        LogEventText text = LogEventText.of(record, name, timeOf(record), secrets.masked());
        return new LogEvent(
                sender.project(),
                SpanDecoder.hex(record.getTraceId()),
                SpanDecoder.hex(record.getSpanId()),
                ShortText.name(name),
                timeOf(record),
                text.id(),
                text.json(),
                sender.resource());
    }

    private static Rejection rejection(LogRecord record, String name, String flaw, Sender sender) {
        return new Rejection(
                RejectionReason.INVALID_LOG_EVENT,
                flaw,
                sender.project(),
                SpanDecoder.shown(record.getTraceId()),
                SpanDecoder.shown(record.getSpanId()),
                JsonText.storable(name),
                sender.resource());
    }

    /** Of the records of one resource; only those of events want to know. */
    private static final class Sender {

        private final ResourceLogs logs;
        private final @Nullable String projectName;
        private @Nullable Origin resource;

        Sender(ResourceLogs logs, @Nullable String projectName) {
            this.logs = logs;
            this.projectName = projectName;
        }

        String project() {
            return SpanDecoder.project(logs.getResource(), projectName);
        }

        Origin resource() {
            if (resource == null) {
                resource = SpanDecoder.originOf(logs.getResource());
            }
            return resource;
        }
    }
}
