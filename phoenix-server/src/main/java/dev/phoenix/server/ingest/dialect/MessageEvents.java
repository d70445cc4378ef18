package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One event per message, of spans and of logs, with bodies in the shape of any provider. */
final class MessageEvents {

    private static final String CHOICE = "gen_ai.choice";

    private final ArrayNode asked = JsonNodeFactory.instance.arrayNode();
    private final List<Answer> answers = new ArrayList<>();
    private final Unread unreadOfAsked = new Unread();
    private final Unread unreadOfAnswers = new Unread();

    /** One of several that a model gives to the same question. */
    private record Answer(long index, ArrayNode messages) {}

    /** Events as Pydantic AI lists them in one attribute. */
    static MessageEvents ofList(JsonNode events, String source) {
        MessageEvents messages = new MessageEvents();
        for (int i = 0; i < events.size(); i++) {
            int asked = messages.unreadOfAsked.count();
            int answered = messages.unreadOfAnswers.count();
            messages.add(events.get(i).path("event.name").asString(""), events.get(i));
            nameEvent(messages.unreadOfAsked, asked, source + "." + i);
            nameEvent(messages.unreadOfAnswers, answered, source + "." + i);
        }
        return messages;
    }

    private static void nameEvent(Unread unread, int known, String place) {
        if (unread.count() > known) {
            unread.addInsteadOf(known);
            unread.in(place, known);
        }
    }

    void add(String name, JsonNode sent) {
        JsonNode fields = opened(sent);
        switch (name) {
            case "gen_ai.system.message" -> message(name, fields, "system");
            case "gen_ai.user.message" -> message(name, fields, "user");
            case "gen_ai.assistant.message" -> message(name, fields, "assistant");
            case "gen_ai.tool.message" -> message(name, fields, "tool");
            case CHOICE -> choice(fields);
            case "gen_ai.content.prompt" ->
                    asked.addAll(
                            whole(
                                    name,
                                    Messages.first(fields, "gen_ai.prompt", "content"),
                                    "user",
                                    unreadOfAsked));
            case "gen_ai.content.completion" ->
                    answers.add(
                            new Answer(
                                    0,
                                    whole(
                                            name,
                                            Messages.first(fields, "gen_ai.completion", "content"),
                                            "assistant",
                                            unreadOfAnswers)));
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

    /** Events come in any order. */
    ArrayNode answered() {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        answers.stream()
                .sorted(Comparator.comparingLong(Answer::index))
                .forEach(answer -> messages.addAll(answer.messages));
        return messages;
    }

    ArrayNode all() {
        return JsonNodeFactory.instance.arrayNode().addAll(asked).addAll(answered());
    }

    void putInto(Reading reading, String source) {
        reading.putMessages("llm.input_messages", asked, source, unreadOfAsked);
        reading.putMessages("llm.output_messages", answered(), source, unreadOfAnswers);
    }

    /** What of the events could not be read. */
    Unread unread() {
        Unread all = new Unread();
        all.addAll(unreadOfAsked);
        all.addAll(unreadOfAnswers);
        return all;
    }

    private void message(String event, JsonNode fields, String role) {
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
        asked.addAll(read(event, message, role, unreadOfAsked));
    }

    private void choice(JsonNode fields) {
        ObjectNode choice = chosen(fields);
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
        Long index = Counts.whole(fields.get("index"));
        answers.add(
                new Answer(
                        index == null ? 0 : index,
                        read(CHOICE, choice, "assistant", unreadOfAnswers)));
    }

    /** The message of a choice: beside the event's fields, among them, or its content only. */
    private static ObjectNode chosen(JsonNode fields) {
        ObjectNode choice = JsonNodeFactory.instance.objectNode();
        JsonNode message = fields.get("message");
        JsonNode parts = MessageParts.inText(message);
        if (parts != null) {
            choice.set("content", parts);
        } else if (message != null && JsonValues.opened(message).isObject()) {
            choice.setAll((ObjectNode) JsonValues.opened(message));
        } else if (message != null && !message.isNull()) {
            choice.set("content", message);
        } else if (Messages.first(fields, "content", "tool_calls") != null) {
            choice.setAll((ObjectNode) fields);
        }
        return choice;
    }

    private static ArrayNode whole(
            String event, @Nullable JsonNode sent, String role, Unread unread) {
        return sent == null
                ? JsonNodeFactory.instance.arrayNode()
                : read(event, JsonValues.opened(sent), role, unread);
    }

    /** Empty where nothing of it can be read. */
    private static ArrayNode read(String event, JsonNode sent, String role, Unread unread) {
        int known = unread.count();
        ArrayNode messages = Messages.of(sent, role, unread);
        if (messages == null || (unread.count() > known && Messages.areBlank(messages))) {
            unread.addInsteadOf(known);
            messages = JsonNodeFactory.instance.arrayNode();
        }
        unread.in(event, known);
        return messages;
    }
}
