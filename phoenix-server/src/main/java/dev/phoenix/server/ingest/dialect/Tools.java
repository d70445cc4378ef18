package dev.phoenix.server.ingest.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Definitions of tools offered to a model, as OpenInference has them. */
final class Tools {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Tools() {}

    /** From definitions of any provider, or names; null where one cannot be read. */
    static @Nullable ArrayNode of(JsonNode sent) {
        if (!sent.isArray()) {
            return null;
        }
        ArrayNode tools = NODES.arrayNode();
        for (JsonNode item : sent) {
            if (!add(tools, JsonValues.opened(item))) {
                return null;
            }
        }
        return tools.isEmpty() ? null : tools;
    }

    private static boolean add(ArrayNode tools, JsonNode item) {
        if (item.isString()) {
            tools.add(tool(NODES.objectNode().put("name", item.asString()), "function"));
            return true;
        }
        JsonNode declarations =
                item.isObject()
                        ? Messages.first(item, "function_declarations", "functionDeclarations")
                        : null;
        if (declarations != null && declarations.isArray()) {
            return declarations.valueStream().allMatch(inner -> add(tools, inner));
        }
        if (!item.isObject()) {
            return false;
        }
        JsonNode spec = Messages.first(item, "function", "toolSpec");
        JsonNode described = spec != null && spec.isObject() ? spec : item;
        if (!described.path("name").isString()) {
            return false;
        }
        JsonNode type = item.get("type");
        tools.add(tool(described, type != null && type.isString() ? type.asString() : "function"));
        return true;
    }

    private static ObjectNode tool(JsonNode described, String type) {
        ObjectNode function = NODES.objectNode();
        function.set("name", described.get("name"));
        JsonNode description = Messages.first(described, "description");
        if (description != null) {
            function.set("description", description);
        }
        JsonNode parameters =
                Messages.first(
                        described,
                        "parameters",
                        "input_schema",
                        "inputSchema",
                        "parameters_json_schema",
                        "parametersJsonSchema");
        if (parameters != null) {
            function.set("parameters", JsonValues.opened(parameters));
        }
        ObjectNode schema = NODES.objectNode().put("type", type);
        schema.set("function", function);
        ObjectNode tool = NODES.objectNode();
        tool.putObject("tool").put("json_schema", schema.toString());
        return tool;
    }
}
