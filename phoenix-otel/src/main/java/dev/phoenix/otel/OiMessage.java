package dev.phoenix.otel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a chat.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content the text, or null if there is none or it is in the contents
 * @param contents the parts of a message that is more than a text
 * @param toolCalls what an assistant wants to have called
 * @param toolCallId the call that a tool answers
 * @param name who speaks, or the tool that answers
 */
public record OiMessage(
        String role,
        @Nullable String content,
        List<OiContent> contents,
        List<OiToolCall> toolCalls,
        @Nullable String toolCallId,
        @Nullable String name) {

    public OiMessage {
        contents = List.copyOf(contents);
        toolCalls = List.copyOf(toolCalls);
    }

    /** A message that is a text. */
    public static OiMessage of(String role, String content) {
        return new OiMessage(role, content, List.of(), List.of(), null, null);
    }
}
