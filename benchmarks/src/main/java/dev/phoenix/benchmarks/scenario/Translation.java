package dev.phoenix.benchmarks.scenario;

import com.google.protobuf.ByteString;
import dev.phoenix.benchmarks.load.RecordedRequests;
import dev.phoenix.benchmarks.target.RunningServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded traffic as if its senders spoke OpenInference, too: what rules read from it stands among
 * the attributes. A server without rules then stores what one with rules stores of the recording.
 */
final class Translation {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    /**
     * @param server one with rules
     */
    Translation(RunningServer server) {
        this.server = URI.create("http://127.0.0.1:" + server.httpPort());
    }

    RecordedRequests of(String name, RecordedRequests recorded) throws Exception {
        String project = "translation of " + name;
        ExportTraceServiceRequest sent = recorded.recorded();
        post(project, sent.toByteArray());
        Map<ByteString, List<KeyValue>> derived = new HashMap<>();
        String path = "/v1/projects/%s/spans/otlpv1?limit=1000";
        for (JsonNode span : get(path.formatted(project.replace(" ", "%20"))).get("data")) {
            String id = span.get("span_id").asString();
            derived.put(ByteString.copyFrom(HexFormat.of().parseHex(id)), derived(id, span));
        }
        ExportTraceServiceRequest.Builder translated = sent.toBuilder();
        translated
                .getResourceSpansBuilderList()
                .forEach(
                        resource ->
                                resource.getScopeSpansBuilderList().stream()
                                        .flatMap(scope -> scope.getSpansBuilderList().stream())
                                        .forEach(span -> add(span, derived)));
        return new RecordedRequests(translated.build());
    }

    private static void add(Span.Builder span, Map<ByteString, List<KeyValue>> derived) {
        span.addAllAttributes(derived.getOrDefault(span.getSpanId(), List.of()));
    }

    private List<KeyValue> derived(String id, JsonNode span) throws Exception {
        List<String> paths =
                get("/v1/spans/%s/derivation".formatted(id))
                        .at("/data/fields")
                        .valueStream()
                        .map(field -> field.get("path").asString())
                        .toList();
        List<KeyValue> derived = new ArrayList<>();
        for (JsonNode attribute : span.get("attributes")) {
            String key = attribute.get("key").asString();
            if (paths.stream().anyMatch(path -> key.equals(path) || key.startsWith(path + "."))) {
                derived.add(
                        KeyValue.newBuilder()
                                .setKey(key)
                                .setValue(value(attribute.get("value")))
                                .build());
            }
        }
        return derived;
    }

    private static AnyValue value(JsonNode json) {
        AnyValue.Builder value = AnyValue.newBuilder();
        if (!json.path("string_value").isMissingNode() && !json.get("string_value").isNull()) {
            value.setStringValue(json.get("string_value").asString());
        } else if (!json.get("int_value").isNull()) {
            value.setIntValue(json.get("int_value").asLong());
        } else if (!json.get("double_value").isNull()) {
            value.setDoubleValue(json.get("double_value").asDouble());
        } else if (!json.get("bool_value").isNull()) {
            value.setBoolValue(json.get("bool_value").asBoolean());
        } else if (!json.get("array_value").isNull()) {
            value.getArrayValueBuilder();
            for (JsonNode member : json.get("array_value").get("values")) {
                value.getArrayValueBuilder().addValues(value(member));
            }
        }
        return value.build();
    }

    private void post(String project, byte[] body) throws Exception {
        expectOk(
                HttpRequest.newBuilder(server.resolve("/v1/traces"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("x-project-name", project)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build());
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(
                expectOk(HttpRequest.newBuilder(URI.create(server + path)).GET().build()));
    }

    private String expectOk(HttpRequest request) throws Exception {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "%s answered %d: %s"
                            .formatted(request.uri(), answer.statusCode(), answer.body()));
        }
        return answer.body();
    }
}
