package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Definitions of tools offered to a model, as OpenInference has them. */
final class Tools {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Texts that define one tool: an application offers the same few with every call. */
    private static final TextMemo<List<ObjectNode>> TEXTS =
            new TextMemo<>(256, 4096, Tools::ofText);

    private Tools() {}

    /**
     * From definitions of any provider, or names; null where there is none.
     *
     * @param unread takes those that cannot be read
     */
    static @Nullable ArrayNode of(JsonNode sent, Unread unread) {
        if (!sent.isArray()) {
            return null;
        }
        ArrayNode tools = NODES.arrayNode();
        for (int i = 0; i < sent.size(); i++) {
            JsonNode item = sent.get(i);
            List<ObjectNode> read = item.isString() ? TEXTS.of(item.asString()) : one(item);
            if (read.isEmpty()) {
                unread.add(i);
            }
            tools.addAll(read);
        }
        return tools.isEmpty() ? null : tools;
    }

    private static List<ObjectNode> ofText(String text) {
        return one(JsonValues.opened(NODES.stringNode(text)));
    }

    /** Empty where it cannot be read. */
    private static List<ObjectNode> one(JsonNode item) {
        List<ObjectNode> tools = new ArrayList<>();
        return add(tools, item) ? List.copyOf(tools) : List.of();
    }

    private static boolean add(List<ObjectNode> tools, JsonNode item) {
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
