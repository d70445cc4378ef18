package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What one message holds: texts, images, calls of tools, results of tools. */
final class MessageParts {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Set<String> PART_TYPES =
            Set.of(
                    "text",
                    "input_text",
                    "output_text",
                    "reasoning",
                    "thinking",
                    "tool_call",
                    "tool-call",
                    "tool_use",
                    "tool_call_response",
                    "tool-result",
                    "tool_result",
                    "image",
                    "image_url",
                    "input_image",
                    "blob",
                    "uri",
                    "file",
                    "image-url",
                    "server_tool_call",
                    "server_tool_use",
                    "mcp_tool_use",
                    "refusal",
                    // Constants of LangChain4j.
                    "TEXT",
                    "IMAGE");

    /** What stands between the parts and says nothing. */
    private static final Set<String> MARKS =
            Set.of("step-start", "cachePoint", "redacted_thinking", "reasoning.encrypted");

    private static final Set<String> PART_FIELDS =
            Set.of(
                    "toolUse",
                    "toolResult",
                    "reasoningContent",
                    "functionCall",
                    "function_call",
                    "functionResponse",
                    "function_response",
                    "toolRequest",
                    "toolResponse");

    /** Names of Bedrock's parts that others have as well, but never alone. */
    private static final Set<String> LONE_FIELDS =
            Set.of("cachePoint", "guardContent", "image", "document", "video", "citationsContent");

    private static final List<String> CALLS =
            List.of("toolUse", "function_call", "functionCall", "toolRequest", "tool_call");

    private static final List<String> RESULTS =
            List.of(
                    "toolResult",
                    "function_response",
                    "functionResponse",
                    "toolResponse",
                    "tool_call_result");

    private final List<ObjectNode> contents = new ArrayList<>();
    private final ArrayNode calls = NODES.arrayNode();
    private final List<ObjectNode> results = new ArrayList<>();
    private int texts;

    /** The parts that text of content holds, as Bedrock and OpenLLMetry write them. */
    static @Nullable JsonNode inText(@Nullable JsonNode content) {
        JsonNode opened = content == null ? null : JsonValues.opened(content);
        return opened != null && opened.isArray() && !opened.isEmpty() && areAll(opened)
                ? opened
                : null;
    }

    /** Whether each member of the list can only be content. */
    static boolean areAll(JsonNode list) {
        for (JsonNode item : list) {
            if (!isPart(item)) {
                return false;
            }
        }
        return true;
    }

    /** Whether it can only be content, no message. */
    static boolean isPart(JsonNode item) {
        if (!item.isObject() || item.has("role")) {
            return false;
        }
        String type = item.path("type").asString("");
        if (PART_TYPES.contains(type)) {
            return true;
        }
        return type.isEmpty() && (isLone(item) || hasPartField(item));
    }

    private static boolean isLone(JsonNode item) {
        if (item.size() != 1) {
            return false;
        }
        String name = item.propertyNames().iterator().next();
        return name.equals("text")
                ? item.path(name).isString()
                : LONE_FIELDS.contains(name) && item.path(name).isObject();
    }

    private static boolean hasPartField(JsonNode item) {
        for (String name : item.propertyNames()) {
            if (PART_FIELDS.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether any of it could be read; nothing is nothing. */
    boolean addAll(@Nullable JsonNode sent, Unread unread) {
        if (sent == null) {
            return true;
        }
        if (!sent.isArray()) {
            // Structured answers are not always written as text.
            boolean isValue = !sent.isObject() || (type(sent).isEmpty() && !sent.isEmpty());
            boolean isRead = isValue ? text("text", JsonValues.plain(sent)) : add(sent);
            if (!isRead) {
                unread.add();
            }
            return isRead;
        }
        boolean anyRead = sent.isEmpty();
        for (int i = 0; i < sent.size(); i++) {
            if (add(sent.get(i))) {
                anyRead = true;
            } else {
                unread.add(i);
            }
        }
        return anyRead;
    }

    boolean isEmpty() {
        return contents.isEmpty() && calls.isEmpty() && results.isEmpty();
    }

    private boolean add(JsonNode part) {
        if (part.isString()) {
            return text("text", part.asString());
        }
        if (!part.isObject()) {
            return part.isNull();
        }
        return switch (type(part)) {
            case "text", "TEXT", "input_text", "output_text", "TextPart" ->
                    text("text", Messages.first(part, "text", "content"));
            case "guardContent" -> text("text", part.path("guardContent").path("text").get("text"));
            case "refusal" -> text("text", Messages.first(part, "refusal", "text", "content"));
            case "reasoning", "thinking", "thought", "summary_text", "reasoning_text" ->
                    text("reasoning", reasoning(part));
            case "tool_call",
                    "tool-call",
                    "tool_use",
                    "server_tool_use",
                    "mcp_tool_use",
                    "function_call",
                    "toolUse" ->
                    addCall(inner(part, "toolUse", "function_call", "functionCall", "toolRequest"));
            case "tool_call_response",
                    "tool-result",
                    "tool_result",
                    "function_call_output",
                    "toolResult" ->
                    addResult(
                            inner(
                                    part,
                                    "toolResult",
                                    "function_response",
                                    "functionResponse",
                                    "toolResponse",
                                    "tool_call_result"));
            case "server_tool_call" -> addCall(ofServer(part));
            case "image",
                    "IMAGE",
                    "image_url",
                    "image-url",
                    "input_image",
                    "blob",
                    "uri",
                    "binary",
                    "file",
                    "document",
                    "media" ->
                    media(part);
            // Kinds of content that nobody knows yet are no words.
            default -> part.isEmpty() || MARKS.contains(type(part)) || part.has("cachePoint");
        };
    }

    private static String type(JsonNode part) {
        JsonNode type = Messages.first(part, "type", "kind", "part_kind");
        if (type != null && type.isString()) {
            return type.asString();
        }
        for (String call : CALLS) {
            if (part.has(call)) {
                return "tool_call";
            }
        }
        for (String result : RESULTS) {
            if (part.has(result)) {
                return "toolResult";
            }
        }
        if (part.has("reasoningContent")
                || part.has("reasoning")
                || part.path("thought").asBoolean(false)) {
            return "reasoning";
        }
        if (part.has("text")) {
            return "text";
        }
        if (part.path("guardContent").has("text")) {
            return "guardContent";
        }
        return Images.isImage(part) ? "image" : part.has("content") ? "text" : "";
    }

    private static JsonNode inner(JsonNode part, String... names) {
        JsonNode inner = Messages.first(part, names);
        return inner != null && inner.isObject() ? inner : part;
    }

    private boolean text(String type, @Nullable JsonNode text) {
        // Agents of OpenAI and Azure have notes beside the text.
        JsonNode value = text == null ? null : text.path("value");
        return text == null
                || text(type, JsonValues.plain(value != null && value.isString() ? value : text));
    }

    private boolean text(String type, String text) {
        if (type.equals("text")) {
            texts++;
        }
        contents.add(NODES.objectNode().put("type", type).put("text", text));
        return true;
    }

    /** Bedrock nests it twice. */
    private static @Nullable JsonNode reasoning(JsonNode part) {
        JsonNode nested = part.path("reasoningContent").path("reasoningText").get("text");
        return nested != null
                ? nested
                : Messages.first(part, "text", "content", "thinking", "reasoning");
    }

    /** What a tool of the provider is asked has a member of its own. */
    private static JsonNode ofServer(JsonNode part) {
        JsonNode asked = part.get("server_tool_call");
        if (asked == null || part.has("arguments")) {
            return part;
        }
        ObjectNode call = NODES.objectNode();
        call.setAll((ObjectNode) part);
        return call.set("arguments", asked);
    }

    /** Returns whether it is an image: sound, films and documents have no place in a message. */
    private boolean media(JsonNode part) {
        String url = Images.isOther(part) ? null : Images.url(part);
        if (url == null) {
            return false;
        }
        ObjectNode content = NODES.objectNode().put("type", "image");
        content.putObject("image").putObject("image").put("url", url);
        contents.add(content);
        return true;
    }

    /** What a model thought, where it stands beside the content. */
    void addThought(@Nullable JsonNode sent) {
        if (sent != null && sent.isString() && !sent.asString().isBlank()) {
            text("reasoning", sent.asString());
        }
    }

    /** A list, one call, or the text of either. */
    void addCalls(@Nullable JsonNode sent, Unread unread) {
        JsonNode opened = sent == null ? null : JsonValues.opened(sent);
        if (opened == null || (opened.isString() && opened.asString().isBlank())) {
            return;
        }
        if (!opened.isArray()) {
            if (!addCall(opened)) {
                unread.add();
            }
            return;
        }
        for (int i = 0; i < opened.size(); i++) {
            JsonNode call = opened.get(i);
            if (!call.isNull() && !addCall(JsonValues.opened(call))) {
                unread.add(i);
            }
        }
    }

    /** Returns whether it is one. */
    boolean addCall(@Nullable JsonNode sent) {
        if (sent == null || !sent.isObject()) {
            return false;
        }
        JsonNode whole = inner(sent, "tool_call");
        JsonNode function = inner(whole, "function");
        ObjectNode call = NODES.objectNode();
        JsonNode id =
                Messages.first(
                        whole, "id", "toolCallId", "toolUseId", "call_id", "tool_call_id", "ref");
        if (id != null) {
            call.put("id", JsonValues.plain(id));
        }
        ObjectNode described = call.putObject("function");
        JsonNode name = Messages.first(function, "name", "toolName", "tool_name");
        if (name != null) {
            described.put("name", JsonValues.plain(name));
        }
        JsonNode arguments = Messages.first(function, "arguments", "args", "input");
        if (arguments != null) {
            described.put("arguments", JsonValues.plain(arguments));
        }
        if (id == null && described.isEmpty()) {
            return false;
        }
        calls.addObject().set("tool_call", call);
        return true;
    }

    private boolean addResult(JsonNode sent) {
        ObjectNode result = NODES.objectNode();
        JsonNode id =
                Messages.first(
                        sent,
                        "id",
                        "toolCallId",
                        "tool_use_id",
                        "toolUseId",
                        "call_id",
                        "tool_call_id",
                        "ref");
        JsonNode origin = sent.get("origin");
        if (id == null && origin != null && origin.isObject()) {
            id = origin.get("id");
        }
        if (id != null && !id.isNull()) {
            result.put("tool_call_id", JsonValues.plain(id));
        }
        JsonNode name = Messages.first(sent, "name", "toolName");
        if (name != null) {
            result.put("name", JsonValues.plain(name));
        }
        JsonNode content = Messages.first(sent, "response", "result", "output", "content");
        result.put("content", content == null ? "" : resultText(content));
        results.add(result);
        return true;
    }

    /** What a tool answered, without the wrapping of parts. */
    static String resultText(JsonNode content) {
        JsonNode value = content.get("value");
        if (value != null && content.has("type")) {
            return JsonValues.plain(value);
        }
        if (content.isArray() && !content.isEmpty()) {
            List<String> texts = new ArrayList<>();
            for (JsonNode part : content) {
                JsonNode text = Messages.first(part, "text", "json");
                if (text == null) {
                    return content.toString();
                }
                texts.add(JsonValues.plain(text));
            }
            return String.join("\n", texts);
        }
        return JsonValues.plain(content);
    }

    /** Results of tools are messages of their own and suppress everything else. */
    void addTo(ArrayNode messages, JsonNode sent, String role) {
        if (!results.isEmpty()) {
            for (ObjectNode result : results) {
                messages.add(Messages.wrapped(NODES.objectNode().put("role", role).setAll(result)));
            }
            return;
        }
        ObjectNode message = NODES.objectNode().put("role", role);
        JsonNode name = Messages.first(sent, "name", "toolName");
        if (name != null && name.isString() && !name.asString().isEmpty()) {
            message.put("name", name.asString());
        }
        content(message);
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        JsonNode id = Messages.first(sent, "tool_call_id", "toolCallId");
        if (id == null && role.equals("tool")) {
            id = sent.get("id");
        }
        if (id != null && id.isString()) {
            message.put("tool_call_id", id.asString());
        }
        JsonNode reason = sent.get("finish_reason");
        if (reason != null && reason.isString() && !reason.asString().isEmpty()) {
            message.put("finish_reason", reason.asString());
        }
        messages.add(Messages.wrapped(message));
    }

    private void content(ObjectNode message) {
        if (contents.isEmpty()) {
            return;
        }
        if (contents.size() == 1 && texts == 1) {
            message.set("content", contents.getFirst().get("text"));
            return;
        }
        ArrayNode list = message.putArray("contents");
        contents.forEach(content -> list.addObject().set("message_content", content));
    }
}
