package dev.phoenix.server.ingest.dialect;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a request asked for, as one JSON text. */
final class GenAiParameters {

    private static final String[] NAMES = {
        "temperature",
        "top_p",
        "top_k",
        "max_tokens",
        "frequency_penalty",
        "presence_penalty",
        "seed",
        "stream"
    };

    /** Names that only some libraries have for the same. */
    private static final Map<String, String> OTHER_NAMES =
            Map.of(
                    "seed", "gen_ai.openai.request.seed",
                    "stream", "gen_ai.is_streaming",
                    "top_k", "llm.top_k",
                    "frequency_penalty", "llm.frequency_penalty",
                    "presence_penalty", "llm.presence_penalty");

    private GenAiParameters() {}

    static void read(Reading reading) {
        SentSpan span = reading.span();
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        for (String name : NAMES) {
            JsonNode value = span.get("gen_ai.request." + name);
            if (value == null && OTHER_NAMES.containsKey(name)) {
                value = span.get(OTHER_NAMES.get(name));
            }
            if (value != null) {
                parameters.set(name, Counts.typed(value));
            }
        }
        JsonNode choices = span.get("gen_ai.request.choice.count");
        if (choices != null) {
            parameters.set("n", Counts.typed(choices));
        }
        ArrayNode stop = Counts.strings(span.json("gen_ai.request.stop_sequences"));
        if (stop != null) {
            parameters.set("stop", stop);
        }
        ArrayNode formats = Counts.strings(span.json("gen_ai.request.encoding_formats"));
        if (formats != null && formats.size() == 1) {
            parameters.set("encoding_format", formats.get(0));
        } else if (formats != null) {
            parameters.set("encoding_formats", formats);
        }
        String format = format(span.text("gen_ai.output.type"));
        if (format != null) {
            parameters.putObject("response_format").put("type", format);
        }
        if (!parameters.isEmpty()) {
            reading.put(
                    reading.kind().equals("EMBEDDING")
                            ? "embedding.invocation_parameters"
                            : "llm.invocation_parameters",
                    parameters.toString(),
                    "gen_ai.request.*");
        }
    }

    private static @Nullable String format(@Nullable String outputType) {
        return switch (outputType) {
            case "json" -> "json_object";
            case "text" -> "text";
            case null, default -> null;
        };
    }
}
