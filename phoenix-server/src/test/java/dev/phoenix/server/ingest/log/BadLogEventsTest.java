package dev.phoenix.server.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Recording;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whatever an event holds, it is stored, and costs neither its span nor the events beside it. */
@ServerTest
class BadLogEventsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Logs logs;
    private final Recording recording = Recording.load("gen-py-openai-v2-events");
    private final Span span = recording.spans().getFirst();

    private final TestServer server;

    BadLogEventsTest(TestServer server) {
        this.server = server;
        this.logs = new Logs(server, server.projectName());
    }

    @Test
    void any_body_is_stored() {
        List<LogRecord> records = new ArrayList<>();
        for (AnyValue body : bodies()) {
            records.add(record(records.size()).setBody(body).build());
        }
        records.add(record(records.size()).setEventName("gen_ai." + "x".repeat(5000)).build());
        records.add(
                record(records.size())
                        .addAttributes(pair("content", text("of the record")))
                        .setBody(map(pair("content", text("of the body"))))
                        .build());

        logs.sendSpans(recording.request());
        assertThat(logs.send(Logs.request(records)).getRejectedLogRecords()).isZero();

        Await.await(SOON, records.size(), () -> stored().size());
        List<JsonNode> events = stored();
        assertThat(events.getLast().get("attributes"))
                .isEqualTo(
                        Api.json(
                                "{'content': 'of the record', 'body': {'content': 'of the"
                                        + " body'}}"));
        assertThat(events.get(2).at("/attributes/content").asString()).isEqualTo("{\"a\":");
        assertThat(events.get(3).at("/attributes/role").asString()).isEqualTo("user");
    }

    @Test
    void endless_name_of_an_attribute_costs_no_span() {
        String name = "endless ".repeat(10_000);
        logs.send(
                Logs.request(List.of(record(0).addAttributes(pair(name, text("value"))).build())));
        logs.sendSpans(recording.request());

        assertThat(
                        new Api(server)
                                .query(
                                        "{getSpanByOtelId(spanId: \"%s\") {name}}"
                                                .formatted(
                                                        HexFormat.of()
                                                                .formatHex(
                                                                        span.getSpanId()
                                                                                .toByteArray())))
                                .at("/getSpanByOtelId/name")
                                .asString())
                .isEqualTo(span.getName());
    }

    private static List<AnyValue> bodies() {
        AnyValue deep = text("deep");
        for (int level = 0; level < 200; level++) {
            deep =
                    level % 2 == 0
                            ? map(pair("k", deep))
                            : AnyValue.newBuilder()
                                    .setArrayValue(ArrayValue.newBuilder().addValues(deep))
                                    .build();
        }
        return List.of(
                AnyValue.getDefaultInstance(),
                text(""),
                text("{\"a\":"),
                text("{\"role\": \"user\", \"content\": null}"),
                text("\"{\\\"role\\\": \\\"user\\\"}\""),
                text("[1, 2]"),
                text("nul \0 and \n"),
                text("x".repeat(1 << 20)),
                AnyValue.newBuilder().setDoubleValue(Double.NaN).build(),
                AnyValue.newBuilder().setIntValue(Long.MIN_VALUE).build(),
                AnyValue.newBuilder()
                        .setBytesValue(ByteString.copyFrom(new byte[] {0, -1}))
                        .build(),
                map(pair("role", AnyValue.newBuilder().setIntValue(7).build())),
                map(pair("message", map(pair("content", AnyValue.getDefaultInstance())))),
                deep);
    }

    @Test
    void ten_thousand_events_of_one_span_are_stored() {
        List<LogRecord> records =
                IntStream.range(0, 10_000)
                        .mapToObj(
                                i -> record(i).setBody(map(pair("content", text("m" + i)))).build())
                        .toList();

        assertThat(logs.send(Logs.request(records)).getRejectedLogRecords()).isZero();
        logs.sendSpans(recording.request());

        Await.await(SOON, 10_000, () -> stored().size());
        assertThat(stored().get(9_999).at("/attributes/content").asString()).isEqualTo("m9999");
    }

    private List<JsonNode> stored() {
        String id = HexFormat.of().formatHex(span.getSpanId().toByteArray());
        return logs.spans().stream()
                .filter(shown -> shown.at("/context/span_id").asString().equals(id))
                .flatMap(shown -> shown.get("events").valueStream())
                .filter(event -> event.has("log"))
                .toList();
    }

    private LogRecord.Builder record(int number) {
        return LogRecord.newBuilder()
                .setTraceId(span.getTraceId())
                .setSpanId(span.getSpanId())
                .setTimeUnixNano(span.getStartTimeUnixNano() + number)
                .setEventName("gen_ai.user.message");
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static AnyValue map(KeyValue... pairs) {
        return AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(pairs)))
                .build();
    }

    private static KeyValue pair(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }
}
