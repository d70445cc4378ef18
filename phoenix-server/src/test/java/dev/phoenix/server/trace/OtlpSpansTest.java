package dev.phoenix.server.trace;

import static dev.phoenix.server.kit.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class OtlpSpansTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    OtlpSpansTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void span_hasEveryMember() {
        Telemetry sent = Telemetry.of(server);
        sent.span(
                        1,
                        1,
                        1,
                        MS + 1,
                        span ->
                                span.parent(7)
                                        .error("broken")
                                        .attribute("a.text", "x")
                                        .attribute("a.int", 42L)
                                        .attribute("a.double", 0.5)
                                        .attribute("a.bool", true)
                                        .attribute("a.list", List.of(1, 2))
                                        .attribute("a.mixed", List.of(1, "x"))
                                        .attribute("a.none", List.of())
                                        .event("e", 5000, Map.of("k", "v")))
                .send();
        JsonNode span = api.get(path(sent)).at("/data/0");
        assertThat(span.propertyNames())
                .containsExactly(
                        "attributes",
                        "dropped_attributes_count",
                        "dropped_events_count",
                        "dropped_links_count",
                        "end_time_unix_nano",
                        "events",
                        "flags",
                        "kind",
                        "links",
                        "name",
                        "parent_span_id",
                        "span_id",
                        "start_time_unix_nano",
                        "status",
                        "trace_id",
                        "trace_state");
        assertThat(span.get("start_time_unix_nano").asLong()).isEqualTo(1767225600000000001L);
        assertThat(span.get("trace_id").asString()).isEqualTo(sent.traceId(1));
        assertThat(span.get("parent_span_id").asString()).isEqualTo(sent.spanId(7));
        assertThat(span.get("status")).isEqualTo(json("{'code': 2, 'message': 'broken'}"));
        assertThat(value(span, "a.text")).isEqualTo(json("{'string_value': 'x'}"));
        assertThat(value(span, "a.int")).isEqualTo(json("{'int_value': 42}"));
        assertThat(value(span, "a.double")).isEqualTo(json("{'double_value': 0.5}"));
        assertThat(value(span, "a.bool")).isEqualTo(json("{'bool_value': true}"));
        assertThat(value(span, "a.none")).isEqualTo(json("{'array_value': {'values': []}}"));
        assertThat(value(span, "a.list").findValuesAsString("int_value")).containsExactly("1", "2");
        assertThat(value(span, "a.mixed").findValuesAsString("string_value"))
                .containsExactly("1", "x");
        JsonNode event = span.at("/events/0");
        assertThat(event.get("time_unix_nano").asLong()).isEqualTo(1767225600000005000L);
        assertThat(event.at("/attributes/0/value/string_value").asString()).isEqualTo("v");
    }

    @Test
    void spans_arePagedNewestFirstAndFiltered() {
        Telemetry sent = Telemetry.of(server);
        for (int i = 1; i <= 5; i++) {
            sent.span(i, i, 0, MS, span -> span.attribute("color", "red")).send();
        }
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get(path(sent) + "?limit=2&cursor=" + cursor);
            page.get("data").forEach(span -> ids.add(span.get("span_id").asString()));
            cursor = Api.encode(page.get("next_cursor").asString(""));
        } while (!cursor.isEmpty());
        assertThat(ids)
                .containsExactly(
                        sent.spanId(5),
                        sent.spanId(4),
                        sent.spanId(3),
                        sent.spanId(2),
                        sent.spanId(1));
        assertThat(
                        api.get(path(sent) + "?attribute=color:red&span_id=" + sent.spanId(3))
                                .get("data"))
                .hasSize(1);
        assertThat(api.get(path(sent)).at("/data/0/events").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=x", "limit=0", "limit=1001", "attribute=x", "status_code=X"})
    void whatIsNoParameter_isRefused(String query) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        assertThat(server.get(path(sent) + "?" + query).statusCode()).isEqualTo(422);
    }

    private static String path(Telemetry sent) {
        return "/v1/projects/" + sent.project() + "/spans/otlpv1";
    }

    /** The members that are not null. */
    private static JsonNode value(JsonNode span, String key) {
        for (JsonNode attribute : span.get("attributes")) {
            if (attribute.get("key").asString().equals(key)) {
                var given = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
                attribute
                        .get("value")
                        .forEachEntry(
                                (name, value) -> {
                                    if (!value.isNull()) {
                                        given.set(name, value);
                                    }
                                });
                return given;
            }
        }
        throw new AssertionError("no attribute " + key);
    }
}
