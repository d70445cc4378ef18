package dev.phoenix.server.ingest.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One event per message, of spans and of logs, with bodies in the shape of any provider. */
final class MessageEvents {

    private final ArrayNode asked = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode answered = JsonNodeFactory.instance.arrayNode();

    /** Events as Pydantic AI lists them in one attribute. */
    static MessageEvents ofList(JsonNode events) {
        MessageEvents messages = new MessageEvents();
        for (JsonNode event : events) {
            messages.add(event.path("event.name").asString(""), event);
        }
        return messages;
    }

    void add(String name, JsonNode sent) {
        JsonNode fields = opened(sent);
        switch (name) {
            case "gen_ai.system.message" -> message(asked, fields, "system");
            case "gen_ai.user.message" -> message(asked, fields, "user");
            case "gen_ai.assistant.message" -> message(asked, fields, "assistant");
            case "gen_ai.tool.message" -> message(asked, fields, "tool");
            case "gen_ai.choice" -> choice(fields);
            case "gen_ai.content.prompt" ->
                    whole(asked, Messages.first(fields, "gen_ai.prompt", "content"), "user");
            case "gen_ai.content.completion" ->
                    whole(
                            answered,
                            Messages.first(fields, "gen_ai.completion", "content"),
                            "assistant");
            default -> {
                // Other events are no messages.
            }
        }
    }

    /** Azure's libraries put the whole body into one attribute. */
    private static JsonNode opened(JsonNode fields) {
        JsonNode content = fields.get("gen_ai.event.content");
        JsonNode body = content == null ? null : JsonValues.opened(content);
        return body != null && body.isObject() ? body : fields;
    }

    ArrayNode asked() {
        return asked;
    }

    ArrayNode answered() {
        return answered;
    }

    ArrayNode all() {
        return JsonNodeFactory.instance.arrayNode().addAll(asked).addAll(answered);
    }

    void putInto(Reading reading, String source) {
        if (!asked.isEmpty()) {
            reading.put("llm.input_messages", asked, source);
        }
        if (!answered.isEmpty()) {
            reading.put("llm.output_messages", answered, source);
        }
    }

    private static void message(ArrayNode into, JsonNode fields, String role) {
        if (!fields.isObject()) {
            return;
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.setAll((ObjectNode) fields);
        JsonNode nested = MessageParts.inText(fields.get("content"));
        if (nested != null) {
            message.set("content", nested);
        }
        if (!message.has("role")) {
            message.put("role", role);
        }
        addAll(into, Messages.of(JsonNodeFactory.instance.arrayNode().add(message), role));
    }

    private void choice(JsonNode fields) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode();
        JsonNode message = fields.get("message");
        JsonNode parts = MessageParts.inText(message);
        if (parts != null) {
            choice.set("content", parts);
        } else if (message != null && JsonValues.opened(message).isObject()) {
            choice.setAll((ObjectNode) JsonValues.opened(message));
        } else if (message != null && !message.isNull()) {
            choice.set("content", message);
        } else {
            JsonNode content = Messages.first(fields, "content", "tool_calls");
            if (content != null) {
                choice.setAll((ObjectNode) fields);
            }
        }
        // The convention up to 1.30 has calls beside the message.
        JsonNode calls = Messages.first(fields, "tool_calls", "toolCalls");
        if (calls != null && !choice.has("tool_calls")) {
            choice.set("tool_calls", JsonValues.opened(calls));
        }
        if (choice.isEmpty()) {
            return;
        }
        if (!choice.has("role")) {
            choice.put("role", "assistant");
        }
        JsonNode reason = fields.get("finish_reason");
        if (reason != null) {
            choice.set("finish_reason", reason);
        }
        addAll(
                answered,
                Messages.of(JsonNodeFactory.instance.arrayNode().add(choice), "assistant"));
    }

    private static void whole(ArrayNode into, @Nullable JsonNode sent, String role) {
        if (sent != null) {
            addAll(into, Messages.of(JsonValues.opened(sent), role));
        }
    }

    private static void addAll(ArrayNode into, @Nullable ArrayNode messages) {
        if (messages != null) {
            into.addAll(messages);
        }
    }
}
