package dev.phoenix.server.ingest.decode;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import tools.jackson.databind.JsonNode;

/** Log records in OTLP/JSON, without what tells how severe they are. */
public final class LogJson {

    private LogJson() {}

    /**
     * @throws MalformedRequestException naming the member that is wrong
     */
    public static ExportLogsServiceRequest parse(byte[] json) throws MalformedRequestException {
        return OtlpJson.read(
                json,
                "resourceLogs",
                root ->
                        ExportLogsServiceRequest.newBuilder()
                                .addAllResourceLogs(
                                        OtlpJson.list(root, "resourceLogs", LogJson::resourceLogs))
                                .build());
    }

    private static ResourceLogs resourceLogs(JsonNode node) {
        return ResourceLogs.newBuilder()
                .setResource(OtlpJson.resource(node))
                .addAllScopeLogs(OtlpJson.list(node, "scopeLogs", LogJson::scopeLogs))
                .build();
    }

    private static ScopeLogs scopeLogs(JsonNode node) {
        return ScopeLogs.newBuilder()
                .setScope(OtlpJson.scope(node))
                .addAllLogRecords(OtlpJson.list(node, "logRecords", LogJson::logRecord))
                .build();
    }

    private static LogRecord logRecord(JsonNode node) {
        JsonNode body = OtlpJson.member(node, "body");
        return LogRecord.newBuilder()
                .setTimeUnixNano(OtlpJson.time(node, "timeUnixNano"))
                .setObservedTimeUnixNano(OtlpJson.time(node, "observedTimeUnixNano"))
                .setEventName(OtlpJson.text(node, "eventName"))
                .setTraceId(OtlpJson.id(node, "traceId"))
                .setSpanId(OtlpJson.id(node, "spanId"))
                .addAllAttributes(OtlpJson.attributes(node))
                .setBody(body == null ? AnyValue.getDefaultInstance() : OtlpJson.anyValue(body))
                .build();
    }
}
