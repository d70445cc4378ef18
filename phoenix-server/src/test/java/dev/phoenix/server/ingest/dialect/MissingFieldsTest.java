package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Why a field is blank is said once, and as exactly as the span tells. */
class MissingFieldsTest {

    private static final Dialects DIALECTS = new Dialects();

    @Test
    void content_of_a_call_is_switched_off_unless_part_of_it_is_there() {
        assertThat(missing(Map.of("gen_ai.operation.name", "chat", "gen_ai.request.model", "m")))
                .containsExactly(
                        "llm.input_messages SWITCHED_OFF",
                        "llm.output_messages SWITCHED_OFF",
                        "llm.token_count.prompt NOT_SENT");
        assertThat(
                        missing(
                                Map.of(
                                        "gen_ai.operation.name", "chat",
                                        "gen_ai.request.model", "m",
                                        "gen_ai.usage.input_tokens", "5",
                                        "gen_ai.input.messages",
                                                "[{\"role\":\"user\",\"content\":\"Hi\"}]")))
                .containsExactly("llm.output_messages NOT_SENT");
    }

    @Test
    void what_cannot_be_read_is_not_said_to_be_missing_as_well() {
        assertThat(
                        missing(
                                Map.of(
                                        "gen_ai.operation.name", "chat",
                                        "gen_ai.request.model", "m",
                                        "gen_ai.usage.input_tokens", "5",
                                        "gen_ai.output.messages", "[{\"role\":",
                                        "gen_ai.input.messages", "[{\"role\":")))
                .containsExactly("llm.input_messages UNREADABLE", "llm.output_messages UNREADABLE");
    }

    @Test
    void arguments_and_result_of_a_tool_are_switched_off_unless_one_is_there() {
        assertThat(missing(Map.of("gen_ai.operation.name", "execute_tool")))
                .containsExactly("input.value SWITCHED_OFF", "output.value SWITCHED_OFF");
        assertThat(
                        missing(
                                Map.of(
                                        "gen_ai.operation.name", "execute_tool",
                                        "gen_ai.tool.call.result", "42")))
                .isEmpty();
    }

    @Test
    void roles_alone_are_no_content() {
        assertThat(
                        missing(
                                Map.of(
                                        "gen_ai.operation.name", "chat",
                                        "gen_ai.request.model", "m",
                                        "gen_ai.usage.input_tokens", "5",
                                        "gen_ai.input.messages",
                                                "[{\"role\":\"user\",\"parts\":[]}]")))
                .containsExactly(
                        "llm.input_messages SWITCHED_OFF", "llm.output_messages SWITCHED_OFF");
    }

    /** Name of the attribute, JSON of its value, and the reasons that name it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    gen_ai.usage.input_tokens | "NaN"   | llm.token_count.prompt gen_ai.usage.input_tokens
                    gen_ai.usage.input_tokens | "abc"   | llm.token_count.prompt gen_ai.usage.input_tokens
                    gen_ai.usage.input_tokens | 3.7     | llm.token_count.prompt gen_ai.usage.input_tokens
                    gen_ai.usage.input_tokens | [1]     | llm.token_count.prompt gen_ai.usage.input_tokens
                    gen_ai.usage.cost         | "free"  | llm.cost.total gen_ai.usage.cost
                    gen_ai.request.model      | 7       | llm.model_name gen_ai.request.model
                    gen_ai.conversation.id    | {"a":1} | session.id gen_ai.conversation.id
                    gen_ai.operation.name     | "BANANA" | openinference.span.kind gen_ai.operation.name
                    gen_ai.response.finish_reasons | {"a":1} | llm.finish_reason gen_ai.response.finish_reasons
                    gen_ai.tool.definitions   | 1       | llm.tools gen_ai.tool.definitions
                    gen_ai.tool.definitions   | [{"name":"f"},7] | llm.tools gen_ai.tool.definitions.1
                    gen_ai.input.messages     | [{"role":"user","parts":[{"type":"text","content":"Hi"},{"type":"hologram"},7]}] | llm.input_messages gen_ai.input.messages.0.parts.1, llm.input_messages gen_ai.input.messages.0.parts.2
                    gen_ai.input.messages     | [{"content":"Hi"},7] | llm.input_messages gen_ai.input.messages.1
                    gen_ai.input.messages     | [{"role":"user","parts":[{"type":"hologram"}]}] | llm.input_messages gen_ai.input.messages
                    gen_ai.input.messages     | [1,2]   | llm.input_messages gen_ai.input.messages
                    gen_ai.system_instructions | [{"type":"text","content":"Hi"},{"type":"hologram"}] | llm.input_messages gen_ai.system_instructions.1
                    gen_ai.output.messages    | [{"role":"assistant","content":"Hi","tool_calls":"[{"}] | llm.output_messages gen_ai.output.messages.0.tool_calls
                    gen_ai.output.messages    | [{"role":"assistant","content":"Hi","tool_calls":[{"id":"1"},5]}] | llm.output_messages gen_ai.output.messages.0.tool_calls.1
                    gen_ai.prompt.1           | true    | llm.input_messages gen_ai.prompt
                    ai.response.toolCalls     | "[{"    | llm.output_messages ai.response.toolCalls
                    ai.prompt.messages        | "[{"    | llm.input_messages ai.prompt.messages
                    ai.usage.promptTokens     | "NaN"   | llm.token_count.prompt ai.usage.promptTokens
                    ai.telemetry.metadata.tags | {"a":1} | tag.tags ai.telemetry.metadata.tags
                    langfuse.observation.type | "BANANA" |
                    langfuse.observation.usage_details | {"input":"abc","output":3} | llm.token_count.prompt langfuse.observation.usage_details.input
                    langfuse.observation.usage_details | "{"   | llm.token_count.prompt langfuse.observation.usage_details
                    langfuse.observation.cost_details | {"total":"free"} | llm.cost.total langfuse.observation.cost_details.total
                    langfuse.observation.model.parameters | "{" | llm.invocation_parameters langfuse.observation.model.parameters
                    gen_ai.usage.input_tokens | " "     |
                    gen_ai.prompt.7.content   | [{"type":"text","text":"Hi"},{"type":"hologram"}] | llm.input_messages gen_ai.prompt.7.content.1
                    request_data              | {"model":"m","messages":["Hi",7],"tools":[{"name":"f"},7]} | llm.input_messages request_data.messages.1, llm.tools request_data.tools.1
                    events                    | [{"event.name":"gen_ai.user.message","content":"Hi"},{"event.name":"gen_ai.choice","message":[7]}] | llm.output_messages events.1
                    gen_ai.prompt.0.content   | [{"type":"text","text":"Hi"},{"type":"hologram"}] | llm.input_messages gen_ai.prompt.0.content.1
                    genkit:output             | "{"     | llm.output_messages genkit:output
                    genkit:output             | {"message":{"content":[{"text":"Hi"}]},"usage":{"inputTokens":"x"}} | llm.token_count.prompt genkit:output.usage.inputTokens
                    mlflow.spanOutputs        | {"choices":[{"message":{"content":"Hi"}},7]} | llm.output_messages mlflow.spanOutputs.choices.1
                    haystack.component.input  | {"messages":[{"role":"user","content":"Hi"},7]} | llm.input_messages haystack.component.input.messages.1
                    haystack.component.output | {"replies":["Hi"],"meta":[{"usage":{"prompt_tokens":"x"}}]} | llm.token_count.prompt haystack.component.output.*.prompt_tokens
                    lk.chat_ctx               | {"items":[{"type":"agent_handoff"},{"role":"user","content":["Hi",{"type":"audio_content"}]}]} | llm.input_messages lk.chat_ctx.items.1.content.1
                    lk.chat_ctx               | "{"     | llm.input_messages lk.chat_ctx
                    lk.response.function_calls | "[{"   | llm.output_messages lk.response.function_calls
                    gen_ai.response.tool_calls | "[{"   | llm.output_messages gen_ai.response.tool_calls
                    mlflow.traceTag           | 7       | metadata mlflow.traceTag
                    traceloop.association.properties | "{" | metadata traceloop.association.properties
                    """)
    void what_cannot_be_read_is_named(String name, String json, String expected) {
        Map<String, JsonNode> sent = new LinkedHashMap<>();
        sent.put("gen_ai.operation.name", JsonValues.text("chat"));
        if (!name.equals("gen_ai.operation.name")) {
            sent.put("ai.operationId", JsonValues.text("ai.generateText.doGenerate"));
        }
        if (name.equals("request_data") || name.equals("events")) {
            sent.put("logfire.msg", JsonValues.text("call"));
        }
        sent.put(name, JsonValues.read(json));

        assertThat(String.join(", ", unreadable(span(sent))))
                .isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    gen_ai.user.message | [1,2]        | llm.input_messages gen_ai.user.message
                    gen_ai.choice       | [1,2]        | llm.output_messages gen_ai.choice
                    gen_ai.choice       | {"message":{"content":"Hi","tool_calls":"x"}} | llm.output_messages gen_ai.choice.tool_calls
                    """)
    void event_that_cannot_be_read_is_named(String name, String body, String expected) {
        SentEvent event = new SentEvent(name, 0, JsonValues.read(body), Map.of());
        SentSpan span =
                new SentSpan(
                        "span",
                        false,
                        "",
                        Map.of("gen_ai.operation.name", JsonValues.text("chat")),
                        List.of(event));

        assertThat(unreadable(span)).containsExactly(expected);
    }

    /** Who writes one, writes a thousand. */
    @Test
    void places_that_cannot_be_read_are_not_all_named() {
        StringBuilder messages = new StringBuilder("[\"Hi\"");
        messages.repeat(",7", 10_000).append(']');
        Map<String, JsonNode> sent =
                Map.of(
                        "gen_ai.operation.name", JsonValues.text("chat"),
                        "gen_ai.input.messages", JsonValues.text(messages.toString()));

        assertThat(unreadable(span(sent)))
                .hasSize(16)
                .contains("llm.input_messages gen_ai.input.messages.1");
    }

    private static List<String> missing(Map<String, String> attributes) {
        Map<String, JsonNode> sent = new LinkedHashMap<>();
        attributes.forEach((name, value) -> sent.put(name, JsonValues.text(value)));
        return DIALECTS.read(span(sent)).missing().stream()
                .map(missing -> missing.path() + " " + missing.reason())
                .sorted()
                .toList();
    }

    private static List<String> unreadable(SentSpan span) {
        return DIALECTS.read(span).missing().stream()
                .filter(missing -> missing.reason() == Derivation.Reason.UNREADABLE)
                .map(missing -> missing.path() + " " + missing.source())
                .toList();
    }

    private static SentSpan span(Map<String, JsonNode> attributes) {
        return new SentSpan("span", false, "", attributes, List.of());
    }
}
