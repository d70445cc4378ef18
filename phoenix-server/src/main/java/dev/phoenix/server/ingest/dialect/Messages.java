package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists of messages in the shapes of the OpenTelemetry convention, OpenAI, Anthropic, Bedrock,
 * Gemini, the AI SDK, LangChain and LangChain4j, as OpenInference has them.
 */
final class Messages {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Messages() {}

    /**
     * Reads a list, one message, or an object that holds the list.
     *
     * @param role of messages that have none
     * @param unread takes what of it cannot be read
     * @return null where nothing of it can be read
     */
    static @Nullable ArrayNode of(JsonNode sent, String role, Unread unread) {
        if (sent.isArray() && !isPair(sent) && !isParts(sent)) {
            return ofList(sent, role, unread);
        }
        if (sent.isString() && sent.asString().isBlank()) {
            return NODES.arrayNode();
        }
        String member = ofRequest(sent);
        if (member == null) {
            ArrayNode messages = NODES.arrayNode();
            return add(messages, sent, role, unread) ? messages : null;
        }
        int known = unread.count();
        ArrayNode asked = nested(sent.get(member), role, unread);
        unread.in(member, known);
        String system =
                firstName(
                        sent, "system", "instructions", "system_instruction", "systemInstruction");
        return asked == null
                ? null
                : instructions(system == null ? null : sent.get(system), system, unread)
                        .addAll(asked);
    }

    private static @Nullable ArrayNode ofList(JsonNode sent, String role, Unread unread) {
        ArrayNode messages = NODES.arrayNode();
        for (int i = 0; i < sent.size(); i++) {
            JsonNode item = sent.get(i);
            int known = unread.count();
            if (!item.isNull() && !add(messages, item, role, unread)) {
                unread.addInsteadOf(known);
            }
            unread.in(i, known);
        }
        return messages.isEmpty() && !sent.isEmpty() ? null : messages;
    }

    /** The member of a request to a provider that asks, a list or text. */
    private static @Nullable String ofRequest(JsonNode sent) {
        if (!sent.isObject() || sent.has("role")) {
            return null;
        }
        if (sent.path("messages").isArray()) {
            return "messages";
        }
        String member = firstName(sent, "input", "contents", "prompt");
        boolean isMessage = sent.has("content") || sent.has("parts") || sent.has("type");
        return member != null
                        && !isMessage
                        && (sent.get(member).isArray() || sent.get(member).isString())
                ? member
                : null;
    }

    /** Like {@link #of}, for attributes that hold JSON only: text that is none cannot be read. */
    static @Nullable ArrayNode ofJson(JsonNode sent, String role, Unread unread) {
        if (JsonValues.isBroken(sent)) {
            return null;
        }
        // What serialisers write of no messages at all.
        return sent.isString() && sent.asString().strip().equals("null")
                ? NODES.arrayNode()
                : of(sent.isString() ? JsonValues.withoutQuotes(sent) : sent, role, unread);
    }

    /**
     * The message of the system that comes first; empty where nothing is said.
     *
     * @param name under which they were sent
     */
    static ArrayNode instructions(@Nullable JsonNode sent, @Nullable String name, Unread unread) {
        ArrayNode messages = NODES.arrayNode();
        if (sent != null && (sent.isString() || !sent.isEmpty())) {
            MessageParts parts = new MessageParts();
            int known = unread.count();
            // Gemini's content has no role here.
            if (parts.addAll(sent.path("parts").isArray() ? sent.get("parts") : sent, unread)) {
                parts.addTo(messages, NODES.objectNode(), "system");
            }
            unread.in(name, known);
        }
        return messages;
    }

    /** LangChain batches: a list of lists with one member. */
    private static @Nullable ArrayNode nested(JsonNode inner, String role, Unread unread) {
        JsonNode only = inner.size() == 1 ? inner.get(0) : null;
        return of(only != null && only.isArray() && !isPair(only) ? only : inner, role, unread);
    }

    private static boolean add(ArrayNode messages, JsonNode item, String role, Unread unread) {
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
            boolean isRead = parts.addAll(item, unread);
            if (isRead) {
                parts.addTo(messages, NODES.objectNode(), role);
            }
            return isRead;
        }
        return item.isObject() && addObject(messages, item, role, unread);
    }

    private static boolean addObject(
            ArrayNode messages, JsonNode sent, String role, Unread unread) {
        int first = unread.count();
        String wrapper = wrapper(sent);
        JsonNode message = wrapper == null ? sent : unwrapped(sent, wrapper);
        String ownRole = role(message);
        MessageParts read = new MessageParts();
        read.addThought(first(message, "reasoning_content", "reasoning", "thinking"));
        boolean isRead = addContent(read, message, unread);
        int known = unread.count();
        String calls = firstName(message, "tool_calls", "toolCalls", "toolExecutionRequests");
        read.addCalls(calls == null ? null : message.get(calls), unread);
        unread.in(calls, known);
        read.addCall(message.get("function_call"));
        unread.in(wrapper, first);
        if (ownRole == null && read.isEmpty() && !(isRead && hasContent(message))) {
            return false;
        }
        read.addTo(messages, finished(message, sent), ownRole == null ? role : roleOf(ownRole));
        return true;
    }

    private static boolean addContent(MessageParts read, JsonNode message, Unread unread) {
        String name = contentName(message);
        JsonNode parts = name == null ? null : message.get(name);
        if (parts != null && parts.path("parts").isArray()) {
            // Gemini's content within the message of an event.
            parts = parts.get("parts");
        }
        int known = unread.count();
        boolean isRead = read.addAll(parts, unread);
        unread.in(name, known);
        return isRead;
    }

    private static boolean hasContent(JsonNode message) {
        return contentName(message) != null;
    }

    private static @Nullable String contentName(JsonNode message) {
        // Cohere's is the message of a message.
        return firstName(message, "parts", "content", "contents", "_content", "text", "message");
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

    /** What choices, OpenInference and serialised LangChain objects wrap a message in. */
    private static @Nullable String wrapper(JsonNode item) {
        for (String wrapper : List.of("message", "kwargs", "data")) {
            if (item.path(wrapper).isObject() && item.get("role") == null) {
                return wrapper;
            }
        }
        return null;
    }

    private static JsonNode unwrapped(JsonNode item, String wrapper) {
        JsonNode inner = item.get(wrapper);
        return inner.has("type") || !wrapper.equals("data") || !item.has("type")
                ? inner
                : ((ObjectNode) inner.deepCopy()).set("type", item.get("type"));
    }

    private static @Nullable String role(JsonNode message) {
        JsonNode role = first(message, "role", "_role", "type");
        if (role == null || !role.isString()) {
            return null;
        }
        return message.has("role")
                        || message.has("_role")
                        || isLangChainType(role.asString())
                        || (role.asString().equals("function") && message.has("content"))
                ? role.asString()
                : null;
    }

    private static boolean isLangChainType(String type) {
        return !roleOf(type).equals(type) || type.equals("system") || type.equals("tool");
    }

    /** Constants of .NET and Java have capitals. */
    private static String roleOf(String role) {
        return switch (role) {
            case "human", "HumanMessage", "HumanMessageChunk", "User", "USER" -> "user";
            case "ai",
                    "AI",
                    "AIMessage",
                    "AIMessageChunk",
                    "Assistant",
                    "ASSISTANT",
                    // Gemini's and Cohere's.
                    "model",
                    "MODEL",
                    "CHATBOT" ->
                    "assistant";
            case "SystemMessage", "System", "SYSTEM" -> "system";
            case "ToolMessage", "Tool", "TOOL", "TOOL_EXECUTION_RESULT" -> "tool";
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

    /** Like {@link #first}, which of the names it is. */
    private static @Nullable String firstName(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = object.get(name);
            if (value != null && !value.isNull()) {
                return name;
            }
        }
        return null;
    }

    /** Whether there are no more than roles, and reasons to stop. */
    static boolean areBlank(JsonNode messages) {
        for (JsonNode item : messages) {
            JsonNode message = item.path("message");
            if (message.has("content") || message.has("contents") || message.has("tool_calls")) {
                return false;
            }
        }
        return true;
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
