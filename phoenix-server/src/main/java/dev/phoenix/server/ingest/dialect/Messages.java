package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists of messages in the shapes of the OpenTelemetry convention, OpenAI, Anthropic, Bedrock,
 * Gemini, the AI SDK and LangChain, as OpenInference has them.
 */
final class Messages {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Messages() {}

    /**
     * Reads a list, one message, or an object that holds the list.
     *
     * @param role of text that has none
     * @return null where one of the messages cannot be read
     */
    static @Nullable ArrayNode of(JsonNode sent, String role) {
        ArrayNode messages = NODES.arrayNode();
        if (sent.isArray() && !isPair(sent) && !isParts(sent)) {
            for (JsonNode item : sent) {
                if (!add(messages, item, role)) {
                    return null;
                }
            }
            return messages;
        }
        JsonNode inner = inRequest(sent);
        if (inner == null) {
            return add(messages, sent, role) ? messages : null;
        }
        ArrayNode asked = nested(inner, role);
        return asked == null
                ? null
                : instructions(
                                first(
                                        sent,
                                        "system",
                                        "instructions",
                                        "system_instruction",
                                        "systemInstruction"))
                        .addAll(asked);
    }

    /** What a request to a provider asks, as a list or as text. */
    private static @Nullable JsonNode inRequest(JsonNode sent) {
        if (!sent.isObject() || sent.has("role")) {
            return null;
        }
        if (sent.path("messages").isArray()) {
            return sent.get("messages");
        }
        JsonNode inner = first(sent, "input", "contents", "prompt");
        boolean isMessage = sent.has("content") || sent.has("parts") || sent.has("type");
        return inner != null && !isMessage && (inner.isArray() || inner.isString()) ? inner : null;
    }

    /** Like {@link #of}, for attributes that hold JSON only: text that is none cannot be read. */
    static @Nullable ArrayNode ofJson(JsonNode sent, String role) {
        return sent.isString() && JsonValues.looksLikeJson(sent.asString()) ? null : of(sent, role);
    }

    /** The message of the system that comes first; empty where nothing is said. */
    static ArrayNode instructions(@Nullable JsonNode sent) {
        ArrayNode messages = NODES.arrayNode();
        if (sent != null && (sent.isString() || !sent.isEmpty())) {
            ObjectNode system = NODES.objectNode().put("role", "system");
            system.set("parts", sent.isArray() ? sent : NODES.arrayNode().add(sent));
            if (!add(messages, system, "system")) {
                messages.removeAll();
            }
        }
        return messages;
    }

    /** LangChain batches: a list of lists with one member. */
    private static @Nullable ArrayNode nested(JsonNode inner, String role) {
        JsonNode only = inner.size() == 1 ? inner.get(0) : null;
        return of(only != null && only.isArray() && !isPair(only) ? only : inner, role);
    }

    private static boolean add(ArrayNode messages, JsonNode item, String role) {
        if (item.isString()) {
            messages.add(plain(role, item.asString()));
            return true;
        }
        if (item.isArray() && isPair(item)) {
            messages.add(plain(roleOf(item.get(0).asString()), item.get(1).asString()));
            return true;
        }
        if (isParts(item)) {
            MessageParts parts = new MessageParts();
            return parts.addAll(item) && parts.addTo(messages, NODES.objectNode(), role);
        }
        return item.isObject() && addObject(messages, item, role);
    }

    private static boolean addObject(ArrayNode messages, JsonNode sent, String role) {
        JsonNode message = unwrapped(sent);
        String ownRole = role(message);
        JsonNode parts = first(message, "parts", "content", "contents", "_content", "text");
        if (parts != null && parts.path("parts").isArray()) {
            // Gemini's content within the message of an event.
            parts = parts.get("parts");
        }
        if (parts == null && ownRole == null && !message.has("tool_calls")) {
            return false;
        }
        if (message.has("parts") && (ownRole == null || !message.get("parts").isArray())) {
            return false;
        }
        MessageParts read = new MessageParts();
        read.addThought(first(message, "reasoning_content", "reasoning"));
        if (!read.addAll(parts)) {
            return false;
        }
        read.addCalls(first(message, "tool_calls", "toolCalls"));
        read.addCall(message.get("function_call"));
        return read.addTo(
                messages, finished(message, sent), ownRole == null ? role : roleOf(ownRole));
    }

    /** The fields that are not content, with the reason to stop of the choice around it. */
    private static JsonNode finished(JsonNode message, JsonNode sent) {
        JsonNode reason = sent.get("finish_reason");
        if (reason == null || message.has("finish_reason")) {
            return message;
        }
        ObjectNode fields = NODES.objectNode();
        fields.setAll((ObjectNode) message);
        return fields.set("finish_reason", reason);
    }

    /** What choices, OpenInference and serialised LangChain objects wrap. */
    private static JsonNode unwrapped(JsonNode item) {
        for (String wrapper : List.of("message", "kwargs", "data")) {
            JsonNode inner = item.get(wrapper);
            if (inner != null && inner.isObject() && item.get("role") == null) {
                return inner.has("type") || !wrapper.equals("data") || !item.has("type")
                        ? inner
                        : ((ObjectNode) inner.deepCopy()).set("type", item.get("type"));
            }
        }
        return item;
    }

    private static @Nullable String role(JsonNode message) {
        JsonNode role = first(message, "role", "_role", "type");
        if (role == null || !role.isString()) {
            return null;
        }
        return message.has("role") || message.has("_role") || isLangChainType(role.asString())
                ? role.asString()
                : null;
    }

    private static boolean isLangChainType(String type) {
        return !roleOf(type).equals(type) || type.equals("system") || type.equals("tool");
    }

    private static String roleOf(String role) {
        return switch (role) {
            case "human", "HumanMessage", "HumanMessageChunk" -> "user";
            case "ai", "AIMessage", "AIMessageChunk" -> "assistant";
            case "SystemMessage" -> "system";
            case "ToolMessage" -> "tool";
            // Constants of .NET begin with a capital.
            case "System", "User", "Assistant", "Tool" -> role.toLowerCase(Locale.ROOT);
            default -> role;
        };
    }

    private static boolean isPair(JsonNode list) {
        return list.size() == 2
                && list.get(0).isString()
                && list.get(1).isString()
                && List.of("system", "user", "human", "assistant", "ai", "tool")
                        .contains(list.get(0).asString());
    }

    /** A list of content without messages around it. */
    private static boolean isParts(JsonNode list) {
        return list.isArray() && !list.isEmpty() && MessageParts.areAll(list);
    }

    private static ObjectNode plain(String role, String text) {
        return wrapped(NODES.objectNode().put("role", role).put("content", text));
    }

    static ObjectNode wrapped(ObjectNode fields) {
        ObjectNode message = NODES.objectNode();
        message.set("message", fields);
        return message;
    }

    static @Nullable JsonNode first(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = object.get(name);
            if (value != null && !value.isNull()) {
                return value;
            }
        }
        return null;
    }

    /** What the last of the messages says that has this role, or the last at all. */
    static @Nullable String lastText(JsonNode messages, String role) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            JsonNode message = messages.path(i).path("message");
            // Some providers have what a tool answered said by the user.
            if (message.path("role").asString("").equals(role) && !message.has("tool_call_id")) {
                String text = textOf(message);
                if (text != null) {
                    return text;
                }
            }
        }
        return messages.isEmpty()
                ? null
                : textOf(messages.path(messages.size() - 1).path("message"));
    }

    /** What each of the messages says, those that say something. */
    static ArrayNode texts(@Nullable JsonNode messages) {
        ArrayNode texts = NODES.arrayNode();
        for (JsonNode message : messages == null ? texts : messages) {
            String text = textOf(message.path("message"));
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    static @Nullable String textOf(JsonNode message) {
        JsonNode content = message.get("content");
        if (content != null && content.isString() && !content.asString().isEmpty()) {
            return content.asString();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : message.path("contents")) {
            JsonNode body = part.path("message_content");
            if (body.path("type").asString("").equals("text")) {
                texts.add(body.path("text").asString(""));
            }
        }
        return texts.isEmpty() ? null : String.join("\n", texts);
    }
}
