package dev.phoenix.server.ingest.dialect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Content of the OpenTelemetry convention in events: one per message up to 1.36, one for the whole
 * call since.
 */
final class GenAiEvents implements Dialect {

    private static final String DETAILS = "gen_ai.client.inference.operation.details";

    @Override
    public String id() {
        return "gen_ai_events";
    }

    @Override
    public String title() {
        return "OpenTelemetry GenAI, content in events";
    }

    @Override
    public List<String> evidence() {
        return List.of();
    }

    @Override
    public List<String> eventEvidence() {
        return List.of("gen_ai.");
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.of(
                        List.of(
                                "llm.input_messages",
                                "llm.output_messages",
                                "input.value",
                                "output.value",
                                "tool.parameters"),
                        GenAiEvents::messages,
                        "gen_ai.*.message",
                        "gen_ai.choice"),
                Rule.of(
                        List.of("llm.input_messages", "llm.output_messages", "llm.tools"),
                        GenAiEvents::details,
                        DETAILS));
    }

    private static void messages(Reading reading) {
        MessageEvents messages = new MessageEvents();
        for (SentEvent event : reading.span().events()) {
            messages.add(event.name(), event.fields());
        }
        if (reading.kind().equals("TOOL")) {
            value(reading, "input", messages.asked());
            value(reading, "output", messages.answered());
        } else {
            messages.putInto(reading, "gen_ai.*.message");
        }
    }

    /** Tools get arguments and give results in the form of messages. */
    private static void value(Reading reading, String side, ArrayNode messages) {
        if (messages.isEmpty()) {
            return;
        }
        JsonNode message = messages.get(messages.size() - 1).path("message");
        String text = Messages.textOf(message);
        if (text == null) {
            return;
        }
        JsonNode value = JsonValues.text(text);
        reading.putValue(side, value, "gen_ai.*.message");
        JsonNode opened = JsonValues.opened(value);
        if (side.equals("input") && opened.isObject()) {
            reading.put("tool.parameters", opened, "gen_ai.*.message");
        }
    }

    /** Some senders write several, with one attribute each. */
    private static void details(Reading reading) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (SentEvent event : reading.span().events(DETAILS)) {
            event.fields().forEachEntry(fields::put);
        }
        GenAi.inputMessages(
                reading,
                opened(fields.get("gen_ai.input.messages")),
                opened(fields.get("gen_ai.system_instructions")),
                DETAILS);
        GenAi.outputMessages(reading, opened(fields.get("gen_ai.output.messages")), DETAILS);
        reading.putTools(opened(fields.get("gen_ai.tool.definitions")), DETAILS);
    }

    private static @Nullable JsonNode opened(@Nullable JsonNode value) {
        return value == null ? null : JsonValues.opened(value);
    }
}
