package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The telemetry of Vercel's AI SDK 3 to 6; version 7 speaks the OpenTelemetry convention. */
final class AiSdk implements Dialect {

    private static final List<Entry<String, String>> SETTINGS =
            List.of(
                    Map.entry("maxOutputTokens", "max_tokens"),
                    Map.entry("maxTokens", "max_tokens"),
                    Map.entry("temperature", "temperature"),
                    Map.entry("topP", "top_p"),
                    Map.entry("topK", "top_k"),
                    Map.entry("frequencyPenalty", "frequency_penalty"),
                    Map.entry("presencePenalty", "presence_penalty"),
                    Map.entry("seed", "seed"),
                    Map.entry("stopSequences", "stop"));

    @Override
    public String id() {
        return "ai_sdk";
    }

    @Override
    public String title() {
        return "Vercel AI SDK 3–6";
    }

    @Override
    public List<String> evidence() {
        return List.of("ai.");
    }

    @Override
    public String advice() {
        return "`experimental_telemetry: { isEnabled: true }`, without `recordInputs: false` and"
                + " `recordOutputs: false`";
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("ai.operationId", AiSdk::kind),
                Rule.model(
                        "ai.response.model",
                        "gen_ai.response.model",
                        "ai.model.id",
                        "gen_ai.request.model"),
                Rule.of(
                        List.of("llm.provider", "llm.system"),
                        reading -> {
                            String name = reading.span().text("ai.model.provider");
                            Provider provider = name == null ? null : Provider.ofAiSdk(name);
                            if (provider != null) {
                                provider.putInto(reading, "ai.model.provider");
                            }
                        },
                        "ai.model.provider"),
                Rule.of("llm.invocation_parameters", AiSdk::settings, "ai.settings.*").on("LLM"),
                Rule.messagesOfJson("ai.prompt.messages").on("LLM"),
                Rule.of(
                                "llm.output_messages",
                                AiSdk::answer,
                                "ai.response.text",
                                "ai.response.toolCalls")
                        .on("LLM"),
                Rule.tools("ai.prompt.tools"),
                Rule.inputOfJson("ai.toolCall.args", "ai.value", "ai.values"),
                Rule.of(
                        List.of("input.value", "input.mime_type"),
                        reading -> {
                            JsonNode prompt = reading.span().get("ai.prompt");
                            if (prompt != null) {
                                reading.putValue("input", prompt, "ai.prompt");
                            }
                        },
                        "ai.prompt"),
                Rule.outputOfJson("ai.toolCall.result"),
                Rule.output(
                        "ai.response.text",
                        "ai.response.object",
                        "ai.result.text",
                        "ai.result.object",
                        "ai.response.toolCalls",
                        "ai.result.toolCalls"),
                Rule.of("embedding.embeddings", AiSdk::texts, "ai.value", "ai.values")
                        .on("EMBEDDING"),
                Rule.inputOfJson("ai.documents").on("RERANKER"),
                Rule.output("ai.ranking").on("RERANKER"),
                Rule.documents("reranker.input_documents", "ai.documents").on("RERANKER"),
                Rule.of("reranker.output_documents", AiSdk::ranked, "ai.ranking").on("RERANKER"),
                Rule.count(
                        "llm.token_count.prompt",
                        "ai.usage.inputTokens",
                        "ai.usage.promptTokens",
                        "ai.usage.tokens"),
                Rule.count(
                        "llm.token_count.completion",
                        "ai.usage.outputTokens",
                        "ai.usage.completionTokens"),
                Rule.count("llm.token_count.total", "ai.usage.totalTokens"),
                Rule.count(
                        "llm.token_count.prompt_details.cache_read",
                        "ai.usage.cachedInputTokens",
                        "ai.usage.inputTokenDetails.cacheReadTokens"),
                Rule.count(
                        "llm.token_count.prompt_details.cache_write",
                        "ai.usage.inputTokenDetails.cacheWriteTokens"),
                Rule.count(
                        "llm.token_count.completion_details.reasoning",
                        "ai.usage.reasoningTokens",
                        "ai.usage.outputTokenDetails.reasoningTokens"),
                Rule.of(TokenUsage.TARGETS, AiSdk::providerUsage, "ai.response.providerMetadata"),
                Rule.text(
                        "llm.finish_reason",
                        "ai.response.finishReason",
                        "ai.finishReason",
                        "gen_ai.finishReason"),
                Rule.responseId("ai.response.id"),
                Rule.text("tool.name", "ai.toolCall.name").on("TOOL"),
                Rule.text("tool.id", "ai.toolCall.id").on("TOOL"),
                Rule.object("tool.parameters", "ai.toolCall.args").on("TOOL"),
                Rule.text(
                        "session.id",
                        "ai.telemetry.metadata.sessionId",
                        "ai.telemetry.metadata.session_id",
                        "ai.telemetry.metadata.session.id",
                        "ai.telemetry.metadata.threadId",
                        "ai.telemetry.metadata.thread_id",
                        "ai.telemetry.metadata.conversationId",
                        "ai.telemetry.metadata.conversation_id",
                        "ai.telemetry.metadata.chatId",
                        "ai.telemetry.metadata.chat_id"),
                Rule.text(
                        "user.id",
                        "ai.telemetry.metadata.userId",
                        "ai.telemetry.metadata.user_id",
                        "ai.telemetry.metadata.user.id"),
                Rule.tags("ai.telemetry.metadata.tags"),
                Rule.object("metadata", "ai.telemetry.metadata"),
                Rule.of(
                        List.of("prompt.id", "llm.prompt_template.version"),
                        AiSdk::prompt,
                        "ai.telemetry.metadata.langfusePrompt"),
                Rule.text("agent.name", "ai.telemetry.functionId").on("AGENT"));
    }

    private static @Nullable String kind(SentSpan span) {
        String id = span.text("ai.operationId");
        String operation = id == null ? span.text("operation.name") : id;
        if (operation == null) {
            return null;
        }
        String first = operation.split(" ", 2)[0];
        if (first.endsWith(".doGenerate") || first.endsWith(".doStream")) {
            return "LLM";
        }
        return switch (first) {
            case "ai.toolCall" -> "TOOL";
            case "ai.embed", "ai.embed.doEmbed", "ai.embedMany", "ai.embedMany.doEmbed" ->
                    "EMBEDDING";
            case "ai.rerank", "ai.rerank.doRerank" -> "RERANKER";
            case "ai.generateText", "ai.streamText" -> "AGENT";
            default -> first.startsWith("ai.") ? "CHAIN" : null;
        };
    }

    /** A ranking has places in the list of documents, best first. */
    private static void ranked(Reading reading) {
        JsonNode ranking = reading.span().list("ai.ranking");
        JsonNode documents = reading.span().list("ai.documents");
        ArrayNode ranked = JsonNodeFactory.instance.arrayNode();
        for (JsonNode text : ranking == null ? ranked : ranking) {
            JsonNode entry = JsonValues.opened(text);
            ObjectNode document = ranked.addObject();
            Long place = Counts.whole(Messages.first(entry, "originalIndex", "index"));
            JsonNode sent =
                    documents == null || place == null || place < 0 || place >= documents.size()
                            ? entry.get("document")
                            : documents.get(place.intValue());
            if (sent != null) {
                document.put("content", JsonValues.unquoted(JsonValues.plain(sent)));
            }
            set(document, "score", Messages.first(entry, "relevanceScore", "score"));
        }
        reading.putList("reranker.output_documents", ranked, "ai.ranking", Documents::of);
    }

    private static void settings(Reading reading) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        SETTINGS.forEach(
                setting -> {
                    JsonNode value = reading.span().get("ai.settings." + setting.getKey());
                    if (value != null && !parameters.has(setting.getValue())) {
                        parameters.set(setting.getValue(), Counts.typed(value));
                    }
                });
        JsonNode choice = reading.span().json("ai.prompt.toolChoice");
        if (choice != null) {
            parameters.set("tool_choice", choice);
        }
        if (!parameters.isEmpty()) {
            reading.put("llm.invocation_parameters", parameters.toString(), "ai.settings.*");
        }
    }

    private static void prompt(Reading reading) {
        String source = "ai.telemetry.metadata.langfusePrompt";
        JsonNode prompt = reading.span().object(source);
        if (prompt == null) {
            return;
        }
        JsonNode name = prompt.get("name");
        if (name != null && name.isString()) {
            reading.put("prompt.id", name.asString(), source);
        }
        Long version = Counts.whole(prompt.get("version"));
        if (version != null) {
            reading.put("llm.prompt_template.version", version.toString(), source);
        }
    }

    private static void answer(Reading reading) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        String prefix = reading.span().hasBelow("ai.response") ? "ai.response." : "ai.result.";
        for (String part : List.of("text", "object", "finishReason", "reasoning")) {
            set(answer, part, reading.span().get(prefix + part));
        }
        set(answer, "toolCalls", reading.span().json(prefix + "toolCalls"));
        if (answer.has("text") || answer.has("object") || answer.has("toolCalls")) {
            reading.putSpoken(answer, prefix + "text", prefix + "toolCalls");
        }
    }

    private static void set(ObjectNode answer, String part, @Nullable JsonNode value) {
        if (value != null) {
            answer.set(part, value);
        }
    }

    /** What was embedded; vectors stay where they were sent. */
    private static void texts(Reading reading) {
        JsonNode values = reading.span().json("ai.values");
        reading.putTexts(
                values == null ? reading.span().get("ai.value") : values,
                values == null ? "ai.value" : "ai.values");
    }

    /** Cached and reasoning tokens, where only the provider's own words have them. */
    private static void providerUsage(Reading reading) {
        JsonNode providers = reading.span().object("ai.response.providerMetadata");
        if (providers != null) {
            for (JsonNode provider : providers) {
                TokenUsage.put(reading, provider, "ai.response.providerMetadata");
                TokenUsage.put(
                        reading,
                        Messages.first(provider, "usage", "usageMetadata"),
                        "ai.response.providerMetadata");
            }
        }
        TokenUsage.total(reading, "ai.usage.*");
    }
}
