package dev.phoenix.otel.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import java.util.Optional;

/** Tool specifications as JSON text. */
final class ToolSchemas {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ToolSchemas() {}

    /** The definitions in the form in which providers take them. */
    static List<String> ofFunctions(List<ToolSpecification> tools) {
        return tools.stream()
                .map(tool -> "{\"type\":\"function\",\"function\":" + tool.toJson() + "}")
                .toList();
    }

    /** The schema of a tool's parameters, if it has any. */
    static Optional<String> ofParameters(ToolSpecification tool) {
        try {
            JsonNode parameters = MAPPER.readTree(tool.toJson()).path("parameters");
            return parameters.isMissingNode()
                    ? Optional.empty()
                    : Optional.of(parameters.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("tool " + tool.name() + " has no JSON form", e);
        }
    }
}
