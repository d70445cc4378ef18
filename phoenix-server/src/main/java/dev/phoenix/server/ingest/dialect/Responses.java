package dev.phoenix.server.ingest.dialect;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The messages in what a provider or framework answered, as a whole. */
final class Responses {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Responses() {}

    /** Null where there are none, or in a shape that nobody knows. */
    static @Nullable ArrayNode messages(JsonNode response, Unread unread) {
        int known = unread.count();
        for (String list : new String[] {"choices", "generations", "candidates"}) {
            if (response.path(list).isArray()) {
                ArrayNode all = each(response.get(list), unread);
                unread.in(list, known);
                return all;
            }
        }
        if (!response.isObject() || isMessage(response)) {
            return nonEmpty(Messages.of(response, "assistant", unread));
        }
        String inner = response.hasNonNull("message") ? "message" : "content";
        if (response.path(inner).isObject()) {
            ArrayNode message = Messages.of(response.get(inner), "assistant", unread);
            unread.in(inner, known);
            return withReason(message, response);
        }
        if (response.path("output").isArray()) {
            ArrayNode turn = items(response.get("output"), unread);
            unread.in("output", known);
            return turn;
        }
        if (response.has("text") || response.has("toolCalls")) {
            return nonEmpty(spoken(response, unread));
        }
        String output = response.hasNonNull("output") ? "output" : "outputs";
        ArrayNode messages =
                response.hasNonNull(output) ? messages(response.get(output), unread) : null;
        unread.in(output, known);
        return messages;
    }

    /** Whether it is itself what was answered, with nothing around it. */
    private static boolean isMessage(JsonNode response) {
        JsonNode inner = Messages.first(response, "message", "content");
        if (inner == null) {
            return (response.has("role") && response.path("tool_calls").isArray())
                    // LangChain4j's.
                    || response.path("type").asString("").equals("AI");
        }
        return response.has("role") || (response.has("type") && !inner.isObject());
    }

    /** What the response says it used, also where LangChain put it; null where nothing does. */
    static @Nullable JsonNode usage(@Nullable JsonNode response) {
        if (response == null || !response.isObject()) {
            return null;
        }
        JsonNode usage = Messages.first(response, "usage", "usage_metadata", "usageMetadata");
        if (usage != null) {
            return usage;
        }
        JsonNode message = generated(response);
        usage = message.get("usage_metadata");
        if (usage == null) {
            usage = message.path("response_metadata").get("token_usage");
        }
        return usage == null ? response.path("llm_output").get("token_usage") : usage;
    }

    /** The model that answered, as the response says. */
    static @Nullable String model(@Nullable JsonNode response) {
        if (response == null || !response.isObject()) {
            return null;
        }
        JsonNode model = Messages.first(response, "model", "model_version", "modelVersion");
        if (model == null) {
            JsonNode about = generated(response).path("response_metadata");
            model = Messages.first(about, "model_name", "model", "model_id");
        }
        if (model == null) {
            model = Messages.first(response.path("llm_output"), "model_name", "model");
        }
        return model != null && model.isString() && !model.asString().isBlank()
                ? model.asString()
                : null;
    }

    /** The message of LangChain's first generation. */
    private static JsonNode generated(JsonNode response) {
        JsonNode first = response.path("generations").path(0);
        JsonNode message = (first.isArray() ? first.path(0) : first).path("message");
        return message.path("kwargs").isObject() ? message.get("kwargs") : message;
    }

    /** What the AI SDK and frameworks on it say: a text, and calls beside it. */
    static @Nullable ArrayNode spoken(JsonNode response, Unread unread) {
        ObjectNode message = NODES.objectNode().put("role", "assistant");
        JsonNode text = Messages.first(response, "text", "object");
        JsonNode thought = Messages.first(response, "reasoning");
        if (thought != null && thought.isString()) {
            ArrayNode parts = message.putArray("content");
            parts.addObject().put("type", "reasoning").put("text", thought.asString());
            if (text != null) {
                parts.addObject().put("type", "text").put("text", JsonValues.plain(text));
            }
        } else if (text != null) {
            message.put("content", JsonValues.plain(text));
        }
        JsonNode calls = Messages.first(response, "toolCalls");
        if (calls != null) {
            message.set("toolCalls", calls);
        }
        JsonNode reason = Messages.first(response, "finishReason", "finish_reason");
        if (reason != null) {
            message.set("finish_reason", reason);
        }
        return Messages.of(message, "assistant", unread);
    }

    private static @Nullable ArrayNode each(JsonNode list, Unread unread) {
        ArrayNode all = NODES.arrayNode();
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = list.get(i);
            int known = unread.count();
            ArrayNode read = item.isArray() ? each(item, unread) : choice(item, unread);
            if (read != null) {
                all.addAll(read);
            }
            unread.in(i, known);
        }
        return nonEmpty(all);
    }

    private static @Nullable ArrayNode choice(JsonNode choice, Unread unread) {
        for (String name : new String[] {"message", "content", "text"}) {
            if (choice.hasNonNull(name)) {
                int known = unread.count();
                JsonNode inner = choice.get(name);
                ArrayNode read = Messages.of(inner, "assistant", unread);
                if (read == null && !(inner.isContainer() && inner.isEmpty())) {
                    unread.addInsteadOf(known);
                }
                unread.in(name, known);
                return withReason(read, choice);
            }
        }
        if (!choice.isObject() && !choice.isNull()) {
            unread.add();
        }
        return null;
    }

    /** OpenAI's list of messages, calls and thoughts: one turn. */
    private static @Nullable ArrayNode items(JsonNode output, Unread unread) {
        ArrayNode parts = NODES.arrayNode();
        for (JsonNode item : output) {
            switch (item.path("type").asString("")) {
                case "message" -> item.path("content").forEach(parts::add);
                case "function_call" -> parts.add(item);
                case "reasoning" -> item.path("summary").forEach(parts::add);
                default -> {
                    // Calls of the provider's own tools are no words of the model.
                }
            }
        }
        if (parts.isEmpty()) {
            return nonEmpty(Messages.of(output, "assistant", unread));
        }
        ObjectNode message = NODES.objectNode().put("role", "assistant");
        message.set("parts", parts);
        // Their places are those of parts that were put together here.
        int known = unread.count();
        ArrayNode turn = Messages.of(message, "assistant", unread);
        if (unread.count() > known) {
            unread.addInsteadOf(known);
        }
        return turn;
    }

    private static @Nullable ArrayNode withReason(@Nullable ArrayNode messages, JsonNode choice) {
        JsonNode reason = Messages.first(choice, "finish_reason", "finishReason", "stop_reason");
        if (messages != null && reason != null && reason.isString()) {
            for (JsonNode message : messages) {
                ((ObjectNode) message.get("message")).put("finish_reason", reason.asString());
            }
        }
        return nonEmpty(messages);
    }

    private static @Nullable ArrayNode nonEmpty(@Nullable ArrayNode messages) {
        return messages == null || messages.isEmpty() ? null : messages;
    }
}
