package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What attributes of a dialect become that are not as they should be; no span is ever lost. */
@ServerTest
class BadDialectInputTest {

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNameLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .build();
    private static final String MESSAGES = "gen_ai.input.messages";

    private final TestServer server;
    private final String project;

    BadDialectInputTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @Test
    void wrong_types_are_no_values() {
        JsonNode tree =
                treeOf(
                        call().addAttributes(list("gen_ai.usage.input_tokens", 1, 2))
                                .addAttributes(Spans.text("gen_ai.usage.output_tokens", "many"))
                                .addAttributes(real("gen_ai.usage.cache_read.input_tokens", 0.5))
                                .addAttributes(Spans.number("gen_ai.request.model", 7))
                                .addAttributes(list("gen_ai.conversation.id", 1))
                                .addAttributes(list("gen_ai.tool.definitions", 1)));

        assertThat(tree.at("/openinference/span/kind").asString()).isEqualTo("LLM");
        assertThat(tree.path("llm")).isEmpty();
        assertThat(tree.path("session")).isEmpty();
        assertThat(tree.at("/gen_ai/usage/output_tokens").asString()).isEqualTo("many");
    }

    @Test
    void broken_json_is_shown_as_it_was_sent_and_said_to_be_unreadable() {
        String broken = "[{\"role\":\"user\",\"parts\":[{\"type\":\"te";
        Span.Builder span = call().addAttributes(Spans.text(MESSAGES, broken));
        JsonNode tree = treeOf(span);

        assertThat(tree.at("/input/value").asString()).isEqualTo(broken);
        assertThat(tree.path("llm").path("input_messages").isMissingNode()).isTrue();
        assertThat(missing(span))
                .anySatisfy(
                        field -> {
                            assertThat(field.get("path").asString())
                                    .isEqualTo("llm.input_messages");
                            assertThat(field.get("reason").asString()).isEqualTo("UNREADABLE");
                        });
    }

    @Test
    void json_encoded_twice_is_read() {
        String once = "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]";
        JsonNode tree =
                treeOf(call().addAttributes(Spans.text(MESSAGES, JSON.writeValueAsString(once))));

        assertThat(tree.at("/llm/input_messages/0/message/content").asString()).isEqualTo("Hi");
    }

    @Test
    void counts_that_are_no_numbers_are_none() {
        JsonNode tree =
                treeOf(
                        call().addAttributes(real("gen_ai.usage.input_tokens", Double.NaN))
                                .addAttributes(
                                        real(
                                                "gen_ai.usage.output_tokens",
                                                Double.POSITIVE_INFINITY))
                                .addAttributes(real("gen_ai.usage.total_tokens", 1e300)));

        assertThat(tree.path("llm").path("token_count").isMissingNode()).isTrue();
    }

    @Test
    void message_of_a_megabyte_is_read_whole() {
        String text = "0123456789abcdef".repeat(65_536);
        JsonNode tree =
                treeOf(
                        call().addAttributes(
                                        Spans.text(
                                                MESSAGES,
                                                "[{\"role\":\"user\",\"content\":\"%s\"}]"
                                                        .formatted(text))));

        assertThat(tree.at("/llm/input_messages/0/message/content").asString()).isEqualTo(text);
        assertThat(tree.at("/input/value").asString()).isEqualTo(text);
    }

    @Test
    void ten_thousand_messages_are_read() {
        String messages =
                IntStream.range(0, 10_000)
                        .mapToObj("{\"role\":\"user\",\"content\":\"%d\"}"::formatted)
                        .collect(Collectors.joining(",", "[", "]"));
        JsonNode tree = treeOf(call().addAttributes(Spans.text(MESSAGES, messages)));

        assertThat(tree.at("/llm/input_messages").size()).isEqualTo(10_000);
        assertThat(tree.at("/input/value").asString()).isEqualTo("9999");
    }

    @Test
    void unknown_roles_stay_and_unknown_parts_are_named() {
        Span.Builder span =
                call().addAttributes(
                                Spans.text(
                                        MESSAGES,
                                        """
                                                [{"role": "oracle", "parts": [{"type": "hologram", "x": 1},
                                                  {"type": "text", "content": "Hi"}, null, 7]}]\
                                                """));

        assertThat(treeOf(span).at("/llm/input_messages"))
                .isEqualTo(Api.json("[{'message': {'role': 'oracle', 'content': 'Hi'}}]"));
        assertThat(
                        missing(span)
                                .valueStream()
                                .filter(
                                        field ->
                                                field.get("reason").asString().equals("UNREADABLE"))
                                .map(field -> field.get("source").asString()))
                .containsExactly(MESSAGES + ".0.parts.0", MESSAGES + ".0.parts.3");
    }

    @Test
    void level_of_an_observation_is_no_status() {
        Span.Builder span =
                call().addAttributes(Spans.text("langfuse.observation.level", "ERROR"))
                        .addAttributes(Spans.text("langfuse.observation.status_message", "down"));
        JsonNode tree = treeOf(span);

        assertThat(tree.at("/langfuse/observation/level").asString()).isEqualTo("ERROR");
        assertThat(
                        new Api(server)
                                .query(
                                        "{getSpanByOtelId(spanId: \"%s\") {statusCode}}"
                                                .formatted(Spans.hex(span.getSpanId())))
                                .at("/getSpanByOtelId/statusCode")
                                .asString())
                .isEqualTo("UNSET");
    }

    @Test
    void of_dialects_that_disagree_what_was_sent_is_right_then_the_first() {
        JsonNode tree =
                treeOf(
                        call().addAttributes(Spans.text("llm.provider", "mine"))
                                .addAttributes(Spans.text("gen_ai.provider.name", "openai"))
                                .addAttributes(Spans.text("ai.model.provider", "anthropic.chat"))
                                .addAttributes(Spans.text("ai.model.id", "from the AI SDK"))
                                .addAttributes(Spans.text("gen_ai.usage.cost", "0.5"))
                                .addAttributes(Spans.text("langfuse.session.id", "langfuse"))
                                .addAttributes(Spans.text("gen_ai.conversation.id", "gen_ai")));

        assertThat(tree.at("/llm/provider").asString()).isEqualTo("mine");
        assertThat(tree.at("/llm/model_name").asString()).isEqualTo("from the AI SDK");
        assertThat(tree.at("/session/id").asString()).isEqualTo("langfuse");
    }

    @Test
    void values_below_a_name_that_has_a_value_are_both_kept() {
        JsonNode tree =
                treeOf(
                        call().addAttributes(Spans.text("gen_ai.prompt", "Hi"))
                                .addAttributes(Spans.text("gen_ai.prompt.0.content", "there")));

        assertThat(tree.at("/openinference/span/kind").asString()).isEqualTo("LLM");
        assertThat(tree.at("/input/value").asString()).isEqualTo("Hi");
    }

    @Test
    void work_is_bounded_for_endless_names_and_thousands_of_attributes() {
        Span.Builder wide = call();
        String[] dialects = {
            "ai.",
            "langfuse.",
            "langsmith.",
            "mlflow.",
            "spring.ai.",
            "genkit:",
            "lk.",
            "mastra.",
            "litellm.",
            "logfire.",
            "event_loop.",
            "sk.",
            "haystack.",
            "smolagents.",
            "traceloop.",
            "mcp.",
            "gen_ai."
        };
        for (int i = 0; i < 20_000; i++) {
            wide.addAttributes(Spans.number(dialects[i % dialects.length] + "x" + i, i));
        }
        wide.addAttributes(Spans.text("gen_ai.prompt" + ".0".repeat(200_000), "deep"));
        wide.addAttributes(Spans.text(MESSAGES, "[".repeat(100_000)));
        long start = System.nanoTime();

        JsonNode tree = treeOf(wide);

        // Of all the dialects in it, LiveKit comes first of those that tell a kind.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(tree.at("/openinference/span/kind").asString()).isEqualTo("CHAIN");
    }

    private static Span.Builder call() {
        return Spans.span(Spans.id(16), "call")
                .addAttributes(Spans.text("gen_ai.operation.name", "chat"));
    }

    /** Sends the span and another one, and returns its attributes as they are nested. */
    private JsonNode treeOf(Span.Builder span) {
        Span.Builder neighbour = Spans.span(Spans.id(16), "neighbour");
        assertThat(
                        Transport.PROTOBUF
                                .send(server, Spans.request(project, span, neighbour))
                                .getRejectedSpans())
                .isZero();
        assertThat(
                        new Api(server)
                                .query(
                                        "{getProjectByName(name: \"%s\") {recordCount}}"
                                                .formatted(project))
                                .at("/getProjectByName/recordCount")
                                .asInt())
                .isEqualTo(2);
        return JSON.readTree(
                new Api(server)
                        .query(
                                "{getSpanByOtelId(spanId: \"%s\") {attributes}}"
                                        .formatted(Spans.hex(span.getSpanId())))
                        .at("/getSpanByOtelId/attributes")
                        .asString());
    }

    private JsonNode missing(Span.Builder span) {
        return new Api(server)
                .get("/v1/spans/%s/derivation".formatted(Spans.hex(span.getSpanId())))
                .at("/data/missing");
    }

    private static KeyValue real(String key, double value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setDoubleValue(value))
                .build();
    }

    private static KeyValue list(String key, long... values) {
        ArrayValue.Builder list = ArrayValue.newBuilder();
        for (long value : values) {
            list.addValues(AnyValue.newBuilder().setIntValue(value));
        }
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setArrayValue(list))
                .build();
    }
}
