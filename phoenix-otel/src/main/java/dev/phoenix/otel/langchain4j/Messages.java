package dev.phoenix.otel.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.phoenix.otel.OiContent;
import dev.phoenix.otel.OiMessage;
import dev.phoenix.otel.OiToolCall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LangChain4j's messages as those of OpenInference. */
final class Messages {

    private Messages() {}

    static List<OiMessage> of(List<ChatMessage> messages) {
        return messages.stream().map(Messages::of).toList();
    }

    static OiMessage of(ChatMessage message) {
        if (message instanceof SystemMessage system) {
            return OiMessage.of("system", system.text());
        }
        if (message instanceof UserMessage user) {
            return user(user);
        }
        if (message instanceof AiMessage answer) {
            return new OiMessage(
                    "assistant", answer.text(), List.of(), toolCalls(answer), null, null);
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return new OiMessage(
                    "tool",
                    result.hasSingleText() ? result.text() : null,
                    result.hasSingleText() ? List.of() : contents(result.contents()),
                    List.of(),
                    result.id(),
                    result.toolName());
        }
        return OiMessage.of(message.type().name().toLowerCase(Locale.ROOT), message.toString());
    }

    /** The messages as readers of the whole input expect them. */
    static List<Map<String, Object>> json(List<OiMessage> messages) {
        return messages.stream().map(Messages::json).toList();
    }

    static Map<String, Object> json(OiMessage message) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("role", message.role());
        putIfPresent(json, "content", message.content());
        putIfPresent(json, "name", message.name());
        putIfPresent(json, "tool_call_id", message.toolCallId());
        if (!message.contents().isEmpty()) {
            json.put("content", message.contents());
        }
        if (!message.toolCalls().isEmpty()) {
            json.put("tool_calls", message.toolCalls());
        }
        return json;
    }

    private static void putIfPresent(
            Map<String, Object> json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static OiMessage user(UserMessage user) {
        boolean text = user.hasSingleText();
        return new OiMessage(
                "user",
                text ? user.singleText() : null,
                text ? List.of() : contents(user.contents()),
                List.of(),
                null,
                user.name());
    }

    private static List<OiContent> contents(List<Content> contents) {
        return contents.stream().map(Messages::content).toList();
    }

    private static OiContent content(Content content) {
        if (content instanceof TextContent text) {
            return new OiContent.Text(text.text());
        }
        if (content instanceof ImageContent image) {
            return new OiContent.Image(url(image.image()));
        }
        // OpenInference has no name for sound, video and files; say at least that one was there.
        return new OiContent.Text("[" + content.type().name().toLowerCase(Locale.ROOT) + "]");
    }

    private static String url(Image image) {
        return image.url() != null
                ? image.url().toString()
                : "data:" + image.mimeType() + ";base64," + image.base64Data();
    }

    private static List<OiToolCall> toolCalls(AiMessage answer) {
        return answer.toolExecutionRequests().stream().map(Messages::toolCall).toList();
    }

    private static OiToolCall toolCall(ToolExecutionRequest request) {
        return new OiToolCall(request.id(), request.name(), request.arguments());
    }
}
