package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What bad input becomes, and that it never costs the spans beside it. */
@ServerTest
class BadInputTest {

    private final TestServer server;
    private final String project;

    BadInputTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @ParameterizedTest
    @EnumSource
    void first_of_two_spans_with_one_id_stays(Transport transport) {
        Span.Builder first = Spans.span(Spans.id(16), "first");
        Span.Builder second = first.clone().setName("second");

        assertThat(send(transport, first, second)).isZero();
        assertThat(stored()).containsOnlyKeys("first", "neighbour");
    }

    @ParameterizedTest
    @EnumSource
    void parents_in_a_circle_are_stored_as_they_are(Transport transport) {
        ByteString trace = Spans.id(16);
        Span.Builder a = Spans.span(trace, "a");
        Span.Builder b = Spans.span(trace, "b").setParentSpanId(a.getSpanId());
        a.setParentSpanId(b.getSpanId());
        Span.Builder self = Spans.span(trace, "self");
        self.setParentSpanId(self.getSpanId());

        assertThat(send(transport, a, b, self)).isZero();
        assertThat(stored()).containsOnlyKeys("a", "b", "self", "neighbour");
        assertThat(stored("self").get("parent_id").asString())
                .isEqualTo(Spans.hex(self.getSpanId()));
        assertThat(server.get("/v1/traces/" + Spans.hex(trace) + "/skeleton").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void characters_no_database_takes_are_replaced(Transport transport) {
        Span.Builder nul = Spans.span(Spans.id(16), "a\0b").addAttributes(Spans.text("k\0", "\0v"));

        assertThat(send(transport, nul)).isZero();
        JsonNode stored = stored("a\uFFFDb");
        assertThat(stored.get("attributes")).isEqualTo(Api.json("{'k\uFFFD': '\uFFFDv'}"));
    }

    @ParameterizedTest
    @EnumSource
    void numbers_json_has_not_are_null(Transport transport) {
        Span.Builder odd =
                Spans.span(Spans.id(16), "odd")
                        .addAttributes(real("nan", Double.NaN))
                        .addAttributes(real("inf", Double.POSITIVE_INFINITY))
                        .addAttributes(real("one", 1));

        assertThat(send(transport, odd)).isZero();
        assertThat(stored("odd").get("attributes")).isEqualTo(Api.json("{'one': 1.0}"));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_is_lost_of_a_value_nested_two_hundred_and_forty_times(Transport transport) {
        AnyValue value = AnyValue.newBuilder().setStringValue("treasure").build();
        for (int i = 0; i < 240; i++) {
            value = nested(KeyValue.newBuilder().setKey("k").setValue(value));
        }

        assertThat(
                        send(
                                transport,
                                Spans.span(Spans.id(16), "deep").addAttributes(pair("d", value))))
                .isZero();
        JsonNode node = tree("deep").get("d");
        int levels = 0;
        for (; node.isObject(); node = node.get("k")) {
            levels++;
        }
        assertThat(levels).isBetween(150, 200);
        assertThat(node.asString()).startsWith("{\"k\":{\"k\":").contains("treasure");
    }

    @ParameterizedTest
    @EnumSource
    void null_inside_a_value_stays(Transport transport) {
        AnyValue value = nested(KeyValue.newBuilder().setKey("nothing"));

        assertThat(
                        send(
                                transport,
                                Spans.span(Spans.id(16), "null").addAttributes(pair("v", value))))
                .isZero();
        assertThat(tree("null")).isEqualTo(Api.json("{'v': {'nothing': null}}"));
    }

    @ParameterizedTest
    @EnumSource
    void spans_with_endless_session_ids_are_told_apart(Transport transport) {
        String endless = Spans.hex(Spans.id(20_000));

        assertThat(
                        send(
                                transport,
                                inSession("one", endless + "a"),
                                inSession("two", endless + "b"),
                                inSession("three", endless + "b")))
                .isZero();
        assertThat(stored("one").at("/attributes/session.id").asString()).isEqualTo(endless + "a");
        assertThat(sessionSizes()).containsExactlyInAnyOrder(1, 2);
    }

    private static Span.Builder inSession(String name, String id) {
        return Spans.span(Spans.id(16), name).addAttributes(Spans.text("session.id", id));
    }

    /** How many traces the sessions of the project have. */
    private List<Integer> sessionSizes() {
        JsonNode sessions =
                new Api(server)
                        .query(
                                """
                                {getProjectByName(name: "%s") {sessions(first: 9) {edges {node {numTraces}}}}}"""
                                        .formatted(project))
                        .at("/getProjectByName/sessions/edges");
        return sessions.valueStream().map(edge -> edge.at("/node/numTraces").asInt()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void projects_with_endless_names_are_told_apart(Transport transport) {
        String endless = Spans.hex(Spans.id(2000));
        for (String end : List.of("a", "b", "b")) {
            var request = Spans.request(endless + end, Spans.span(Spans.id(16), "span"));
            assertThat(transport.send(server, request).getRejectedSpans()).isZero();
        }

        assertThat(
                        new Api(server)
                                .get("/v1/projects?limit=1000")
                                .get("data")
                                .valueStream()
                                .map(project -> project.get("name").asString())
                                .filter(name -> name.startsWith(endless.substring(0, 700))))
                .hasSize(2)
                .allMatch(name -> name.length() < 800);
    }

    @ParameterizedTest
    @EnumSource
    void large_value_is_stored_whole(Transport transport) {
        String large = "0123456789abcdef".repeat(65_536);

        assertThat(
                        send(
                                transport,
                                Spans.span(Spans.id(16), "large")
                                        .addAttributes(Spans.text("input.value", large))))
                .isZero();
        assertThat(stored("large").at("/attributes/input.value").asString()).isEqualTo(large);
    }

    @ParameterizedTest
    @EnumSource
    void ten_thousand_attributes_are_stored(Transport transport) {
        Span.Builder wide = Spans.span(Spans.id(16), "wide");
        for (int i = 0; i < 10_000; i++) {
            wide.addAttributes(Spans.number("a.b" + i, i));
        }

        assertThat(send(transport, wide)).isZero();
        JsonNode attributes = stored("wide").get("attributes");
        assertThat(attributes.size()).isEqualTo(10_000);
        assertThat(attributes.get("a.b9999").asInt()).isEqualTo(9999);
    }

    @ParameterizedTest
    @EnumSource
    void times_of_the_future_and_backwards_are_stored_as_they_are(Transport transport) {
        Span.Builder future =
                Spans.span(Spans.id(16), "future")
                        .setStartTimeUnixNano(Long.MAX_VALUE)
                        .setEndTimeUnixNano(Long.MAX_VALUE);
        Span.Builder backwards = Spans.span(Spans.id(16), "backwards").setEndTimeUnixNano(0);

        assertThat(send(transport, future, backwards)).isZero();
        assertThat(stored("future").get("start_time").asString())
                .isEqualTo("2262-04-11T23:47:16.854775+00:00");
        assertThat(stored("backwards").get("end_time").asString())
                .isEqualTo("1970-01-01T00:00:00+00:00");
    }

    @ParameterizedTest
    @EnumSource
    void impossible_ids_and_times_are_refused_alone(Transport transport) {
        assertThat(
                        send(
                                transport,
                                Spans.span(ByteString.copyFrom(new byte[16]), "zero"),
                                Spans.span(Spans.id(7), "short"),
                                Spans.span(Spans.id(16), "no id").setSpanId(ByteString.EMPTY),
                                Spans.span(Spans.id(16), "late").setEndTimeUnixNano(-1)))
                .isEqualTo(4);
        assertThat(stored()).containsOnlyKeys("neighbour");
    }

    @ParameterizedTest
    @EnumSource
    void span_of_nobody_goes_to_the_default_project(Transport transport) {
        Span span = Spans.span(Spans.id(16), "of nobody").build();
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(
                                ResourceSpans.newBuilder()
                                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                        .build();

        assertThat(transport.send(server, request).getRejectedSpans()).isZero();
        assertThat(
                        new Api(server)
                                .get(
                                        "/v1/projects/default/spans?span_id="
                                                + Spans.hex(span.getSpanId()))
                                .get("data"))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"JSON"})
    void lone_surrogate_is_replaced(Transport transport) {
        String body =
                """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"openinference.project.name",
                  "value":{"stringValue":"%s"}}]},"scopeSpans":[{"spans":[
                  {"traceId":"%s","spanId":"%s","name":"a\\ud800b","startTimeUnixNano":"1","endTimeUnixNano":"2",
                   "attributes":[{"key":"k\\udc00","value":{"stringValue":"\\ud83d\\ude00\\ud83d"}}]}]}]}]}"""
                        .formatted(project, Spans.hex(Spans.id(16)), Spans.hex(Spans.id(8)));

        server.post("/v1/traces", "application/json", body.getBytes(StandardCharsets.UTF_8));

        assertThat(stored("a\uFFFDb").get("attributes"))
                .as(transport.name())
                .isEqualTo(Api.json("{'k\uFFFD': '\uD83D\uDE00\uFFFD'}"));
    }

    /** Sends the spans and a good one, and returns how many were refused. */
    private long send(Transport transport, Span.Builder... spans) {
        Span.Builder[] all = new Span.Builder[spans.length + 1];
        System.arraycopy(spans, 0, all, 0, spans.length);
        all[spans.length] = Spans.span(Spans.id(16), "neighbour");
        return transport.send(server, Spans.request(project, all)).getRejectedSpans();
    }

    private JsonNode stored(String name) {
        return Objects.requireNonNull(stored().get(name), name);
    }

    /** The attributes of a span as they are nested. */
    private JsonNode tree(String name) {
        String id = stored(name).at("/context/span_id").asString();
        return new Api(server).attributes(id);
    }

    private Map<String, JsonNode> stored() {
        return Stored.spans(server, project).stream()
                .collect(
                        Collectors.toMap(span -> span.get("name").asString(), Function.identity()));
    }

    private static AnyValue nested(KeyValue.Builder member) {
        return AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder().addValues(member))
                .build();
    }

    private static KeyValue pair(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static KeyValue real(String key, double value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setDoubleValue(value))
                .build();
    }
}
