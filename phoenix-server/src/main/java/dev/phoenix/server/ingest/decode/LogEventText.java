package dev.phoenix.server.ingest.decode;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A log record in the shape of a span's event. What the body is made of, a map or the JSON of one,
 * stands among the attributes, as where the same event is sent with the span; any other body is
 * their {@code content}.
 */
record LogEventText(String id, String json) {

    /** The member that tells what of the record is hidden. */
    static final String MASKED = "\"masked\":[";

    /**
     * @param masked what of the record is hidden
     */
    static LogEventText of(LogRecord record, String name, long timeNs, List<String> masked) {
        JsonText json = new JsonText(512);
        json.beginObject().name("name").value(name);
        json.name("timestamp").value(SpanEvents.timestamp(timeNs)).name("attributes");
        Leaves leaves = new Leaves(json);
        leaves.beginObject();
        members(record)
                .forEach(
                        (member, value) -> {
                            leaves.name(member);
                            leaves.value(value);
                        });
        leaves.endObject();
        json.endObject();
        String id = id(record, timeNs, json.contentHash());
        String content = json.toString();
        String origin =
                ",\"log\":{\"id\":\"%s\",\"time_unix_nano\":\"%d\"%s}}"
                        .formatted(id, timeNs, masked(masked));
        return new LogEventText(id, content.substring(0, content.length() - 1) + origin);
    }

    private static String masked(List<String> paths) {
        if (paths.isEmpty()) {
            return "";
        }
        JsonText json = new JsonText(64);
        json.beginArray();
        paths.forEach(json::value);
        return "," + MASKED + json.endArray().toString().substring(1);
    }

    private static String id(LogRecord record, long timeNs, long content) {
        return "%016x"
                .formatted(
                        Fingerprint.of(
                                Fingerprint.of(record.getTraceId()),
                                Fingerprint.of(record.getSpanId()),
                                timeNs,
                                content));
    }

    private static Map<String, Object> members(LogRecord record) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (KeyValue attribute : record.getAttributesList()) {
            put(members, attribute);
        }
        Object body = body(record.getBody());
        Map<String, Object> parts = parts(body);
        if (parts != null && parts.keySet().stream().noneMatch(members::containsKey)) {
            members.putAll(parts);
        } else if (body != null) {
            members.put(members.containsKey("content") || parts != null ? "body" : "content", body);
        }
        return members;
    }

    private static @Nullable Object body(AnyValue body) {
        if (Leaves.isNull(body)) {
            return null;
        }
        return body.hasStringValue() ? SpanAttributes.opened(body) : body;
    }

    private static @Nullable Map<String, Object> parts(@Nullable Object body) {
        Map<String, Object> parts = new LinkedHashMap<>();
        switch (body) {
            case AnyValue any when any.hasKvlistValue() ->
                    any.getKvlistValue().getValuesList().forEach(member -> put(parts, member));
            case JsonNode node when node.isObject() ->
                    node.forEachEntry(
                            (name, member) -> {
                                if (!member.isNull()) {
                                    parts.put(name, member);
                                }
                            });
            case null, default -> {
                return null;
            }
        }
        return parts;
    }

    private static void put(Map<String, Object> members, KeyValue member) {
        if (!Leaves.isNull(member.getValue())) {
            members.put(member.getKey(), member.getValue());
        }
    }
}
