package dev.phoenix.server.ingest.dialect;

import java.util.List;
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
    private static final Map<String, List<String>> OTHER_NAMES =
            Map.of(
                    "seed", List.of("gen_ai.openai.request.seed"),
                    "stream",
                            List.of(
                                    "gen_ai.is_streaming",
                                    "llm.is_streaming",
                                    "gen_ai.request.is_stream"),
                    "temperature", List.of("llm.temperature"),
                    "top_p", List.of("llm.top_p"),
                    "top_k", List.of("llm.top_k"),
                    "max_tokens", List.of("llm.request.max_tokens"),
                    "frequency_penalty", List.of("llm.frequency_penalty"),
                    "presence_penalty", List.of("llm.presence_penalty"));

    private GenAiParameters() {}

    static void read(Reading reading) {
        SentSpan span = reading.span();
        String target =
                reading.kind().equals("EMBEDDING")
                        ? "embedding.invocation_parameters"
                        : "llm.invocation_parameters";
        if (!reading.isFree(target)) {
            return;
        }
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        for (String name : NAMES) {
            JsonNode value = span.get("gen_ai.request." + name);
            for (String other : OTHER_NAMES.getOrDefault(name, List.of())) {
                value = value == null ? span.get(other) : value;
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
        stop = stop == null ? Counts.strings(span.json("llm.chat.stop_sequences")) : stop;
        if (stop != null) {
            parameters.set("stop", stop);
        }
        ArrayNode formats = Counts.strings(span.json("gen_ai.request.encoding_formats"));
        if (formats != null && formats.size() == 1) {
            parameters.set("encoding_format", formats.get(0));
        } else if (formats != null) {
            parameters.set("encoding_formats", formats);
        }
        JsonNode dimensions = span.get("gen_ai.request.embedding.dimensions");
        if (dimensions != null) {
            parameters.set("dimensions", Counts.typed(dimensions));
        }
        String format = format(span.text("gen_ai.output.type"));
        format = format == null ? span.text("gen_ai.openai.request.response_format") : format;
        if (format != null) {
            parameters.putObject("response_format").put("type", format);
        }
        if (!parameters.isEmpty()) {
            reading.put(target, parameters.toString(), "gen_ai.request.*");
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
