package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
                                                "[{\"role\":\"user\",\"parts\":[]}]")))
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

    private static List<String> missing(Map<String, String> attributes) {
        Map<String, JsonNode> sent = new LinkedHashMap<>();
        attributes.forEach((name, value) -> sent.put(name, JsonValues.text(value)));
        return DIALECTS.read(new SentSpan("span", false, "", sent, List.of())).missing().stream()
                .map(missing -> missing.path() + " " + missing.reason())
                .sorted()
                .toList();
    }
}
