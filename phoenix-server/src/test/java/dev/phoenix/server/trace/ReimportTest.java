package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Recording;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is exported in the notation of OTLP says the same when it is sent again. */
@ServerTest
class ReimportTest {

    private final TestServer server;
    private final Api api;

    ReimportTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vercel-ai-v5",
                "vercel-ai-v7",
                "own-langsmith-otel",
                "own-mlflow",
                "own-google-adk-1",
                "own-strands",
                "own-litellm-otel",
                "java-spring-ai-2",
                "pydantic-ai-v5"
            })
    void export_sent_again_changes_no_number(String name) {
        String project = server.projectName();
        send(project, Recording.load(name).request());
        List<String> numbers = numbers(project);
        assertThat(numbers.get(2)).doesNotStartWith("0");

        for (boolean derived : new boolean[] {true, false}) {
            String copy = server.projectName();
            send(copy, request(exported(project, derived), (byte) (derived ? 0x55 : 0x2a)));

            assertThat(numbers(copy)).as("derived=" + derived).isEqualTo(numbers);
            if (derived) {
                assertThat(kinds(copy)).isEqualTo(kinds(project));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vercel-ai-v5", "own-mlflow"})
    void export_without_what_was_read_has_only_what_was_sent(String name) {
        String project = server.projectName();
        Recording recording = Recording.load(name);
        send(project, recording.request());

        for (JsonNode span : exported(project, false)) {
            Span sent =
                    recording.spans().stream()
                            .filter(one -> hex(one).equals(span.get("span_id").asString()))
                            .findFirst()
                            .orElseThrow();
            assertThat(span.get("attributes").findValuesAsString("key"))
                    .allMatch(
                            key ->
                                    sent.getAttributesList().stream()
                                            .anyMatch(
                                                    attribute ->
                                                            key.startsWith(attribute.getKey())));
        }
    }

    private List<JsonNode> exported(String project, boolean derived) {
        return api.get(
                        "/v1/projects/%s/spans/otlpv1?limit=1000&derived=%s"
                                .formatted(project, derived))
                .get("data")
                .valueStream()
                .toList();
    }

    /** Costs without the last digits, which depend on the order in which they were added. */
    private List<String> numbers(String project) {
        JsonNode numbers =
                api.query(
                                """
                        {getProjectByName(name: "%s") {
                          traceCount recordCount tokenCountTotal tokenCountPrompt tokenCountCompletion
                          costSummary {total {tokens cost}}}}\
                        """
                                        .formatted(project))
                        .get("getProjectByName");
        return List.of(
                numbers.get("traceCount").toString(),
                numbers.get("recordCount").toString(),
                numbers.get("tokenCountTotal").toString(),
                numbers.get("tokenCountPrompt").toString(),
                numbers.get("tokenCountCompletion").toString(),
                numbers.at("/costSummary/total/tokens").toString(),
                "%.12f".formatted(numbers.at("/costSummary/total/cost").asDouble(0)));
    }

    private List<String> kinds(String project) {
        return exported(project, true).stream()
                .map(
                        span ->
                                span.get("name").asString()
                                        + " "
                                        + span.get("attributes")
                                                .valueStream()
                                                .filter(
                                                        attribute ->
                                                                attribute
                                                                        .get("key")
                                                                        .asString()
                                                                        .equals(
                                                                                "openinference.span.kind"))
                                                .toList())
                .sorted()
                .toList();
    }

    /** With other ids, which keep who is whose child. */
    private static ExportTraceServiceRequest request(List<JsonNode> exported, byte change) {
        ScopeSpans.Builder spans = ScopeSpans.newBuilder();
        for (JsonNode json : exported) {
            Span.Builder span = spans.addSpansBuilder();
            span.setName(json.get("name").asString())
                    .setTraceId(id(json.get("trace_id"), change))
                    .setSpanId(id(json.get("span_id"), change))
                    .setParentSpanId(id(json.get("parent_span_id"), change))
                    .setStartTimeUnixNano(json.get("start_time_unix_nano").asLong())
                    .setEndTimeUnixNano(json.get("end_time_unix_nano").asLong())
                    .setStatus(Status.newBuilder().setCodeValue(json.at("/status/code").asInt()))
                    .addAllAttributes(attributes(json.get("attributes")));
            for (JsonNode event : json.path("events")) {
                span.addEventsBuilder()
                        .setName(event.get("name").asString())
                        .setTimeUnixNano(event.get("time_unix_nano").asLong())
                        .addAllAttributes(attributes(event.get("attributes")));
            }
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(spans))
                .build();
    }

    private static ByteString id(JsonNode id, byte change) {
        if (id.isNull()) {
            return ByteString.EMPTY;
        }
        byte[] bytes = HexFormat.of().parseHex(id.asString());
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= change;
        }
        return ByteString.copyFrom(bytes);
    }

    private static List<KeyValue> attributes(JsonNode json) {
        List<KeyValue> attributes = new ArrayList<>();
        for (JsonNode attribute : json) {
            attributes.add(
                    KeyValue.newBuilder()
                            .setKey(attribute.get("key").asString())
                            .setValue(value(attribute.get("value")))
                            .build());
        }
        return attributes;
    }

    private static AnyValue value(JsonNode json) {
        AnyValue.Builder value = AnyValue.newBuilder();
        json.forEachEntry(
                (member, given) -> {
                    switch (given.isNull() ? "" : member) {
                        case "string_value" -> value.setStringValue(given.asString());
                        case "int_value" -> value.setIntValue(given.asLong());
                        case "double_value" -> value.setDoubleValue(given.asDouble());
                        case "bool_value" -> value.setBoolValue(given.asBoolean());
                        case "array_value" ->
                                given.get("values")
                                        .forEach(
                                                one ->
                                                        value.getArrayValueBuilder()
                                                                .addValues(value(one)));
                        default -> {}
                    }
                });
        return value.build();
    }

    private static String hex(Span span) {
        return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    private void send(String project, ExportTraceServiceRequest request) {
        var answer =
                server.send(
                        server.request("/v1/traces")
                                .header("Content-Type", "application/x-protobuf")
                                .header("x-project-name", project)
                                .POST(BodyPublishers.ofByteArray(request.toByteArray())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
