package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Why is this blank? */
@ServerTest
class SpanDerivationTest {

    private static final String QUERY =
            """
            query ($id: String!) {getSpanByOtelId(spanId: $id) {derivation {
              dialects {id title} fields {path dialect source}
              missing {path reason source advice} masked repetition {scope}}}}\
            """;

    private final TestServer server;
    private final Api api;
    private final Telemetry telemetry;

    SpanDerivationTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.telemetry = Telemetry.of(server);
    }

    private JsonNode derivation(int span) {
        JsonNode overGraphQl =
                api.query(QUERY, Map.of("id", telemetry.spanId(span)))
                        .at("/getSpanByOtelId/derivation");
        JsonNode overRest =
                api.get("/v1/spans/%s/derivation".formatted(telemetry.spanId(span))).get("data");
        assertThat(overRest).isEqualTo(overGraphQl);
        return overRest;
    }

    @Test
    void call_without_content_says_what_to_switch_on() {
        telemetry
                .span(
                        1,
                        1,
                        0,
                        9,
                        span ->
                                span.attribute("gen_ai.operation.name", "chat")
                                        .attribute("gen_ai.system", "openai")
                                        .attribute("gen_ai.response.model", "gpt-4o")
                                        .attribute("gen_ai.usage.input_tokens", 12))
                .send();

        JsonNode derivation = derivation(1);

        assertThat(derivation.get("dialects"))
                .isEqualTo(Api.json("[{'id': 'gen_ai', 'title': 'OpenTelemetry GenAI'}]"));
        assertThat(derivation.get("fields").valueStream())
                .contains(
                        Api.json(
                                "{'path': 'llm.model_name', 'dialect': 'gen_ai', 'source':"
                                        + " 'gen_ai.response.model'}"));
        JsonNode missing = derivation.get("missing");
        assertThat(missing.valueStream().map(field -> field.get("path").asString()))
                .contains("llm.input_messages", "llm.output_messages")
                .doesNotContain("llm.model_name", "llm.token_count.prompt");
        assertThat(missing.get(0).get("reason").asString()).isEqualTo("SWITCHED_OFF");
        assertThat(missing.get(0).get("advice").asString())
                .contains("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT");
    }

    @Test
    void plain_span_says_that_nothing_was_derived_and_what_is_missing() {
        telemetry
                .span(
                        1,
                        2,
                        0,
                        9,
                        span ->
                                span.kind("LLM")
                                        .attribute("llm.model_name", "gpt-4o")
                                        .attribute("input.value", "__REDACTED__"))
                .send();

        JsonNode derivation = derivation(2);

        assertThat(derivation.get("dialects")).isEmpty();
        assertThat(derivation.get("fields")).isEmpty();
        assertThat(derivation.get("masked")).isEmpty();
        assertThat(
                        derivation
                                .get("missing")
                                .valueStream()
                                .map(
                                        field ->
                                                field.get("path").asString()
                                                        + " "
                                                        + field.get("reason").asString()))
                .containsExactly(
                        "llm.input_messages SWITCHED_OFF",
                        "llm.output_messages NOT_SENT",
                        "llm.token_count.prompt NOT_SENT");
    }

    @Test
    void content_that_cannot_be_read_says_where_it_is() {
        telemetry
                .span(
                        1,
                        3,
                        0,
                        9,
                        span ->
                                span.attribute("gen_ai.operation.name", "chat")
                                        .attribute("gen_ai.output.messages", "[{\"role\":"))
                .send();

        assertThat(derivation(3).get("missing").valueStream())
                .contains(
                        Api.json(
                                """
                                {'path': 'llm.output_messages', 'reason': 'UNREADABLE',
                                 'source': 'gen_ai.output.messages', 'advice': null}\
                                """));
    }

    @Test
    void content_that_is_sent_unless_told_otherwise_was_switched_off() {
        telemetry
                .span(1, 4, 0, 9, span -> span.attribute("langfuse.observation.type", "generation"))
                .send();

        JsonNode missing = derivation(4).get("missing").get(0);
        assertThat(missing.get("path").asString()).isEqualTo("llm.input_messages");
        assertThat(missing.get("reason").asString()).isEqualTo("SWITCHED_OFF");
        assertThat(missing.get("advice").asString()).contains("mask");
    }

    @Test
    void kind_that_nobody_knows_is_said_to_be_unreadable() {
        telemetry.span(1, 5, 0, 9, span -> span.kind("BANANA")).send();
        telemetry
                .span(1, 6, 0, 9, span -> span.attribute("gen_ai.operation.name", "BANANA"))
                .send();

        assertThat(derivation(5).get("missing").valueStream())
                .contains(
                        Api.json(
                                """
                                {'path': 'openinference.span.kind', 'reason': 'UNREADABLE',
                                 'source': 'openinference.span.kind', 'advice': null}\
                                """));
        assertThat(derivation(6).get("missing").valueStream())
                .contains(
                        Api.json(
                                """
                                {'path': 'openinference.span.kind', 'reason': 'UNREADABLE',
                                 'source': 'gen_ai.operation.name', 'advice': null}\
                                """));
    }

    @Test
    void part_that_cannot_be_read_is_named_and_the_rest_is_read() {
        telemetry
                .span(
                        1,
                        7,
                        0,
                        9,
                        span ->
                                span.attribute("gen_ai.operation.name", "chat")
                                        .attribute("gen_ai.usage.input_tokens", Double.NaN)
                                        .attribute(
                                                "gen_ai.output.messages",
                                                """
                                                [{"role": "assistant", "parts": [{"type": "hologram"},
                                                  {"type": "text", "content": "Hello"}]}]\
                                                """))
                .send();

        JsonNode derivation = derivation(7);
        assertThat(
                        derivation
                                .get("fields")
                                .valueStream()
                                .map(field -> field.get("path").asString()))
                .contains("llm.output_messages", "output.value");
        assertThat(
                        derivation
                                .get("missing")
                                .valueStream()
                                .filter(
                                        field ->
                                                field.get("reason").asString().equals("UNREADABLE"))
                                .map(
                                        field ->
                                                field.get("path").asString()
                                                        + " "
                                                        + field.get("source").asString()))
                .containsExactly(
                        "llm.token_count.prompt gen_ai.usage.input_tokens",
                        "llm.output_messages gen_ai.output.messages.0.parts.0");
    }

    @Test
    void plain_database_span_is_of_no_instrumentation_of_models() {
        telemetry
                .span(
                        1,
                        8,
                        0,
                        9,
                        span ->
                                span.attribute("db.system.name", "postgresql")
                                        .attribute("db.query.text", "SELECT 1")
                                        .attribute("db.query.summary", "SELECT")
                                        .attribute("tool.result", "ok"))
                .send();

        assertThat(
                        derivation(8)
                                .get("dialects")
                                .valueStream()
                                .map(dialect -> dialect.get("id").asString()))
                .containsExactly("plain");
    }

    @Test
    void unknown_span_is_not_found() {
        assertThat(server.get("/v1/spans/unknown/derivation").statusCode()).isEqualTo(404);
    }
}
