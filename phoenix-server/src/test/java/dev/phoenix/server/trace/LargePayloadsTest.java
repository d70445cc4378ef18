package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Answers larger than what the server may hold in memory for them. */
@ServerTest
class LargePayloadsTest {

    private static final int SPANS = 35;
    private static final String TEXT = "größe \"42\" 🚀 ".repeat(150_000);

    private final TestServer server;
    private final Api api;

    LargePayloadsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void page_isWrittenSpanBySpan() {
        Telemetry sent = large(6);
        JsonNode page = api.get("/v1/projects/%s/spans".formatted(sent.project()));
        assertThat(page.get("data"))
                .hasSize(6)
                .allSatisfy(
                        span ->
                                assertThat(span.at("/attributes/input.value").asString())
                                        .isEqualTo(TEXT));
    }

    @Test
    void graphQlAnswer_isBounded() {
        Telemetry sent = large(SPANS);
        String spans =
                "{ getProjectByName(name: \"%s\") { spans(first: %d) { edges { node { %s } } } } }";
        JsonNode error = api.error(spans.formatted(sent.project(), SPANS, "attributes"));
        assertThat(error.get("message").asString())
                .isEqualTo(
                        "an answer may be made of at most 67108864 bytes of span payloads; ask for fewer spans, or for fewer of attributes, events, links, metadata and whole values");
        assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_REQUEST");
        String copies = "a: input { value } b: input { value } c: input { value }";
        assertThat(api.error(spans.formatted(sent.project(), 12, copies)).get("message"))
                .as("copies of parts count, too")
                .isEqualTo(error.get("message"));
        JsonNode few = api.query(spans.formatted(sent.project(), 3, "attributes"));
        assertThat(few.at("/getProjectByName/spans/edges")).hasSize(3);
    }

    @Test
    void flatNames_areThoseOfNestedObjectsAndLists() {
        Telemetry sent =
                Telemetry.of(server)
                        .span(
                                1,
                                1,
                                0,
                                1,
                                span ->
                                        span.attribute("metadata", NESTED.replace('\'', '"'))
                                                .attribute("a.0.b", 1)
                                                .attribute("a.1.c", "x"))
                        .send();
        assertThat(
                        api.get("/v1/projects/%s/spans".formatted(sent.project()))
                                .at("/data/0/attributes"))
                .isEqualTo(
                        Api.json(
                                """
                                {'metadata.list': [1, [2, 'x']], 'metadata.text': 'é\\u0001\\n',
                                 'metadata.mixed.1.n': 2, 'metadata.mixed.1.deep': [3],
                                 'metadata.quo\\\\te': true, 'a.0.b': 1, 'a.1.c': 'x'}
                                """));
    }

    private static final String NESTED =
            """
            {'list': [1, [2, 'x']], 'empty': {}, 'nothing': null, 'text': 'é\\u0001\\n',
             'mixed': [1, {'n': 2, 'deep': [3]}, null], 'quo\\\\te': true}
            """;

    private Telemetry large(int spans) {
        Telemetry sent = Telemetry.of(server);
        IntStream.rangeClosed(1, spans)
                .forEach(
                        i ->
                                sent.span(1, i, i, i, span -> span.attribute("input.value", TEXT))
                                        .send());
        return sent;
    }
}
