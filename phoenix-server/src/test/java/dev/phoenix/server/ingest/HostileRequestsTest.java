package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that are made to hurt: the next one is answered as if they had not been. */
@ServerTest
class HostileRequestsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;
    private final Api api;
    private final String project;

    HostileRequestsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.project = server.projectName();
    }

    @ParameterizedTest
    @EnumSource
    void attributeNames_reachNothingButTheirSpan(Transport transport) {
        Span.Builder hostile = Spans.span(Spans.id(16), "hostile");
        hostile.addAttributes(Spans.text("__proto__.polluted", "yes"));
        hostile.addAttributes(Spans.text("constructor.prototype.polluted", "yes"));
        hostile.addAttributes(Spans.text("class.classLoader", "yes"));
        hostile.addAttributes(Spans.text("a.".repeat(10_000) + "b", "deep"));
        for (int i = 0; i < 100_000; i++) {
            hostile.addAttributes(Spans.number("k" + i, i));
        }
        transport.send(server, Spans.request(project, hostile));
        transport.send(server, Spans.request(project, Spans.span(Spans.id(16), "plain")));

        JsonNode attributes = span("hostile").path("attributes");
        assertThat(attributes.path("__proto__.polluted").asString()).isEqualTo("yes");
        assertThat(attributes.path("k99999").asInt()).isEqualTo(99_999);
        assertThat(span("plain").path("attributes").toString()).doesNotContain("polluted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE spans; --",
                "name == 'a\0b'",
                "name == \"a' or '1' == '1",
                "attributes['a\\'b'] == 1; select 1",
                "attributes['a\"b'][0] == 'x' union select 1",
                "metadata['$.x\"'] == 1 --"
            })
    void filter_isNeverSql(String condition) {
        transported();
        JsonNode answer = filtered(condition);
        assertThat(answer.toString())
                .doesNotContainIgnoringCase("sqlite")
                .doesNotContain("PSQL", "SELECT", "syntax error at", "jooq");
        assertThat(answer.path("errors").findValuesAsString("code"))
                .allMatch("BAD_REQUEST"::equals);
        assertThat(filtered("name == 'plain'").at("/data/project/recordCount").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("hostileFilters")
    void filterOfAnySize_isRefusedWithinATenthOfASecond(String condition) {
        transported();
        // The machine may be busy with something else, but not each time.
        assertThat(fastestOf(10, () -> filtered(condition)))
                .as("as GraphQL")
                .isLessThan(Duration.ofMillis(100));
        assertThat(fastestOf(10, () -> queried(condition)))
                .as("as a query of spans")
                .isLessThan(Duration.ofMillis(100));
        assertThat(filtered(condition).path("errors").toString())
                .matches(".*(BAD_REQUEST|at most).*")
                .doesNotContainIgnoringCase("sqlite")
                .doesNotContain("SELECT", "jooq");
        assertThat(queried(condition)).isBetween(400, 499);
    }

    static List<String> hostileFilters() {
        return List.of(
                "name == '" + "x".repeat(1_000_000) + "'",
                "(".repeat(5_000) + "name",
                "not ".repeat(5_000) + "name",
                "attributes" + "['a']".repeat(5_000) + " == 1",
                "x == 1" + " or x == 1".repeat(50_000),
                "name == 'a\0b'",
                "name == \"a' or '1' == '1",
                "name == 'a'; DROP TABLE spans; --",
                "attributes['a\"b'][0] == 'x' union select 1",
                "\0".repeat(1_000),
                "'".repeat(1_001));
    }

    private static Duration fastestOf(int times, Runnable work) {
        return IntStream.range(0, times)
                .mapToObj(
                        _ -> {
                            long began = System.nanoTime();
                            work.run();
                            return Duration.ofNanos(System.nanoTime() - began);
                        })
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Each claims a megabyte and sends a few bytes of it. */
    @Test
    void slowBodies_keepNobodyElseWaiting() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket =
                        new Socket(
                                InetAddress.getByName(server.baseUrl().getHost()),
                                server.baseUrl().getPort());
                slow.add(socket);
                String begun =
                        String.join(
                                "\r\n",
                                "POST /v1/traces HTTP/1.1",
                                "Host: localhost",
                                "Content-Type: application/x-protobuf",
                                "Content-Length: 1000000",
                                "",
                                "slow");
                socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
            }
            transported();
            assertThat(span("plain").path("name").asString()).isEqualTo("plain");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private void transported() {
        Transport.PROTOBUF.send(server, Spans.request(project, Spans.span(Spans.id(16), "plain")));
    }

    private JsonNode span(String name) {
        return api.get("/v1/projects/%s/spans?name=%s".formatted(project, name)).at("/data/0");
    }

    private int queried(String condition) {
        Map<String, ?> query =
                Map.of(
                        "project_name",
                        project,
                        "queries",
                        List.of(Map.of("filter", Map.of("condition", condition))));
        return server.post("/v1/spans", "application/json", JSON.writeValueAsString(query))
                .statusCode();
    }

    private JsonNode filtered(String condition) {
        return api.execute(
                "query ($project: String!, $condition: String!) { project: getProjectByName(name: $project) { recordCount(filterCondition: $condition) } }",
                Map.of("project", project, "condition", condition));
    }
}
