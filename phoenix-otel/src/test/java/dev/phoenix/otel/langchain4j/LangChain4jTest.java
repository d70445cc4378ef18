package dev.phoenix.otel.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import dev.phoenix.otel.OiAttributes;
import dev.phoenix.otel.OiTracer;
import dev.phoenix.otel.OtelTest;
import dev.phoenix.otel.PhoenixOtel;
import dev.phoenix.otel.ReceivedSpan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LangChain4jTest extends OtelTest {

    private static final String ANSWER =
            """
            {"id":"r1","object":"chat.completion","created":1,"model":"gpt-4o-2024-08-06",
             "choices":[{"index":0,"finish_reason":"stop",
               "message":{"role":"assistant","content":"Sunny."}}],
             "usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25,
               "prompt_tokens_details":{"cached_tokens":8},
               "completion_tokens_details":{"reasoning_tokens":2}}}
            """;

    private static final String TOOL_CALL =
            """
            {"id":"r0","object":"chat.completion","created":1,"model":"gpt-4o-2024-08-06",
             "choices":[{"index":0,"finish_reason":"tool_calls",
               "message":{"role":"assistant","tool_calls":[{"id":"call_1","type":"function",
                 "function":{"name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}}]}}],
             "usage":{"prompt_tokens":10,"completion_tokens":3,"total_tokens":13}}
            """;

    private final ScriptedOpenAi openAi = new ScriptedOpenAi();
    private final PhoenixOtel otel = otel().register();
    private final OiTracer tracer = otel.tracer("test");

    LangChain4jTest() throws IOException {}

    @AfterEach
    void close() {
        otel.close();
        openAi.close();
    }

    @Test
    void chat_isAnLlmSpanWithEverythingInIt() {
        openAi.answer(ANSWER);
        ToolSpecification tool =
                ToolSpecification.builder()
                        .name("weather")
                        .description("Tells the weather")
                        .parameters(
                                JsonObjectSchema.builder()
                                        .addStringProperty("city")
                                        .required("city")
                                        .build())
                        .build();
        chatModel()
                .chat(
                        ChatRequest.builder()
                                .messages(
                                        SystemMessage.from("Be brief"),
                                        UserMessage.from("Weather in Oslo?"),
                                        AiMessage.from(
                                                ToolExecutionRequest.builder()
                                                        .id("call_0")
                                                        .name("weather")
                                                        .arguments("{}")
                                                        .build()),
                                        ToolExecutionResultMessage.from("call_0", "weather", "sun"))
                                .toolSpecifications(tool)
                                .temperature(0.5)
                                .maxOutputTokens(100)
                                .build());

        ReceivedSpan span = received("chat gpt-4o");
        assertThat(span.status()).isEqualTo("OK");
        assertThat(span.attributes())
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("openinference.span.kind", "LLM"),
                                Map.entry("llm.system", "openai"),
                                Map.entry("llm.provider", "openai"),
                                Map.entry("llm.model_name", "gpt-4o-2024-08-06"),
                                Map.entry(
                                        "llm.invocation_parameters",
                                        "{\"model\":\"gpt-4o\",\"temperature\":0.5,\"max_tokens\":100}"),
                                Map.entry(
                                        "llm.tools.0.tool.json_schema",
                                        "{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"Tells"
                                                + " the weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}"),
                                Map.entry("llm.input_messages.0.message.role", "system"),
                                Map.entry("llm.input_messages.0.message.content", "Be brief"),
                                Map.entry("llm.input_messages.1.message.role", "user"),
                                Map.entry(
                                        "llm.input_messages.1.message.content", "Weather in Oslo?"),
                                Map.entry("llm.input_messages.2.message.role", "assistant"),
                                Map.entry(
                                        "llm.input_messages.2.message.tool_calls.0.tool_call.id",
                                        "call_0"),
                                Map.entry(
                                        "llm.input_messages.2.message.tool_calls.0.tool_call.function.name",
                                        "weather"),
                                Map.entry(
                                        "llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments",
                                        "{}"),
                                Map.entry("llm.input_messages.3.message.role", "tool"),
                                Map.entry("llm.input_messages.3.message.content", "sun"),
                                Map.entry("llm.input_messages.3.message.name", "weather"),
                                Map.entry("llm.input_messages.3.message.tool_call_id", "call_0"),
                                Map.entry("input.mime_type", "application/json"),
                                Map.entry(
                                        "input.value",
                                        "{\"messages\":[{\"role\":\"system\",\"content\":\"Be"
                                                + " brief\"},{\"role\":\"user\",\"content\":\"Weather in"
                                                + " Oslo?\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_0\",\"name\":\"weather\",\"arguments\":\"{}\"}]},{\"role\":\"tool\",\"content\":\"sun\",\"name\":\"weather\",\"tool_call_id\":\"call_0\"}]}"),
                                Map.entry("llm.output_messages.0.message.role", "assistant"),
                                Map.entry("llm.output_messages.0.message.content", "Sunny."),
                                Map.entry("output.value", "Sunny."),
                                Map.entry("output.mime_type", "text/plain"),
                                Map.entry("llm.finish_reason", "stop"),
                                Map.entry("llm.token_count.prompt", 20L),
                                Map.entry("llm.token_count.completion", 5L),
                                Map.entry("llm.token_count.total", 25L),
                                Map.entry("llm.token_count.prompt_details.cache_read", 8L),
                                Map.entry("llm.token_count.completion_details.reasoning", 2L)));
    }

    @Test
    void chat_withImages_keepsTheParts() {
        openAi.answer(ANSWER);
        chatModel()
                .chat(
                        UserMessage.from(
                                TextContent.from("What is this?"),
                                ImageContent.from("http://example.com/i.png"),
                                ImageContent.from("aGk=", "image/png")));

        String contents = "llm.input_messages.0.message.contents.";
        assertThat(received("chat gpt-4o").attributes())
                .containsEntry(contents + "0.message_content.text", "What is this?")
                .containsEntry(
                        contents + "1.message_content.image.image.url", "http://example.com/i.png")
                .containsEntry(
                        contents + "2.message_content.image.image.url",
                        "data:image/png;base64,aGk=");
    }

    @Test
    void messagePartWithoutAName_isMentioned() {
        assertThat(Messages.of(UserMessage.from(AudioContent.from("http://example.com/a.mp3"))))
                .hasToString(
                        "OiMessage[role=user, content=null, contents=[Text[text=[audio]]],"
                                + " toolCalls=[], toolCallId=null, name=null]");
    }

    @Test
    void failingChat_isAnErrorSpan() {
        openAi.fail(401, "{\"error\":{\"message\":\"bad key\"}}");

        assertThatThrownBy(() -> chatModel().chat("hello")).isInstanceOf(RuntimeException.class);
        ReceivedSpan span = received("chat gpt-4o");
        assertThat(span.status()).isEqualTo("ERROR");
        assertThat(span.statusMessage()).contains("bad key");
        assertThat(span.events()).containsExactly("exception");
        assertThat(span.attributes())
                .containsEntry("llm.input_messages.0.message.content", "hello");
    }

    @Test
    void streamedChat_isOneSpanThatEndsWithTheStream() throws Exception {
        openAi.stream(
                """
                {"id":"r","created":1,"model":"gpt-4o","choices":[{"index":0,"delta":{"role":"assistant","content":"Sun"}}]}""",
                """
                {"id":"r","created":1,"model":"gpt-4o","choices":[{"index":0,"delta":{"content":"ny."},"finish_reason":"stop"}]}""",
                """
                {"id":"r","created":1,"model":"gpt-4o","choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}}""");
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        OpenAiStreamingChatModel.builder()
                .baseUrl(openAi.url())
                .apiKey("none")
                .modelName("gpt-4o")
                .listeners(List.of(new PhoenixChatModelListener(tracer)))
                .build()
                .chat(
                        "Weather?",
                        new StreamingChatResponseHandler() {
                            @Override
                            public void onCompleteResponse(ChatResponse response) {
                                answer.complete(response);
                            }

                            @Override
                            public void onError(Throwable error) {
                                answer.completeExceptionally(error);
                            }
                        });
        answer.get(10, TimeUnit.SECONDS);

        assertThat(received("chat gpt-4o").attributes())
                .containsEntry("output.value", "Sunny.")
                .containsEntry("llm.token_count.total", 6L);
    }

    @Test
    void embedding_isASpanWithTextsAndVectors() {
        openAi.answer(
                """
                {"object":"list","model":"e-1","data":[
                  {"object":"embedding","index":0,"embedding":[1.0,0.5]},
                  {"object":"embedding","index":1,"embedding":[0.25,0.0]}],
                 "usage":{"prompt_tokens":6,"total_tokens":6}}
                """);
        embeddingModel().embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")));

        assertThat(received("embed e-1").attributes())
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("openinference.span.kind", "EMBEDDING"),
                                Map.entry("embedding.model_name", "e-1"),
                                Map.entry("embedding.embeddings.0.embedding.text", "one"),
                                Map.entry(
                                        "embedding.embeddings.0.embedding.vector",
                                        List.of(1.0, 0.5)),
                                Map.entry("embedding.embeddings.1.embedding.text", "two"),
                                Map.entry(
                                        "embedding.embeddings.1.embedding.vector",
                                        List.of(0.25, 0.0)),
                                Map.entry("input.value", "[\"one\",\"two\"]"),
                                Map.entry("input.mime_type", "application/json"),
                                Map.entry("llm.token_count.prompt", 6L),
                                Map.entry("llm.token_count.total", 6L)));
    }

    @Test
    void failingEmbedding_isAnErrorSpan() {
        openAi.fail(400, "{\"error\":{\"message\":\"too long\"}}");

        assertThatThrownBy(() -> embeddingModel().embed("text"))
                .isInstanceOf(RuntimeException.class);
        assertThat(received("embed e-1").status()).isEqualTo("ERROR");
    }

    @Test
    void retrieval_hasDocumentsAndTheEmbeddingBelow() {
        openAi.answer(
                """
                {"object":"list","model":"e-1","data":[{"object":"embedding","index":0,"embedding":[1.0,0.0]}],
                 "usage":{"prompt_tokens":2,"total_tokens":2}}
                """);
        InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        store.addAll(
                List.of("d1"),
                List.of(Embedding.from(new float[] {1, 0})),
                List.of(TextSegment.from("Oslo is sunny", Metadata.from("page", "7"))));
        ContentRetriever retriever =
                new TracedContentRetriever(
                        tracer,
                        EmbeddingStoreContentRetriever.builder()
                                .embeddingStore(store)
                                .embeddingModel(embeddingModel())
                                .build());

        List<Content> found = retriever.retrieve(Query.from("Oslo"));

        assertThat(found).hasSize(1);
        ReceivedSpan span = received("EmbeddingStoreContentRetriever");
        assertThat(span.attributes())
                .containsEntry("openinference.span.kind", "RETRIEVER")
                .containsEntry("input.value", "Oslo")
                .containsEntry("retrieval.documents.0.document.id", "d1")
                .containsEntry("retrieval.documents.0.document.content", "Oslo is sunny")
                .containsEntry("retrieval.documents.0.document.score", 1.0)
                .containsEntry("retrieval.documents.0.document.metadata", "{\"page\":\"7\"}")
                .containsEntry("output.value", "[\"Oslo is sunny\"]");
        assertThat(receiver.span("embed e-1").parentId()).isEqualTo(span.spanId());
    }

    @Test
    void toolCall_isASpanBetweenTheTwoModelCalls() {
        openAi.answer(TOOL_CALL);
        openAi.answer(ANSWER);
        Assistant assistant =
                AiServices.builder(Assistant.class)
                        .chatModel(chatModel())
                        .tools(TracedTools.of(tracer, new Weather(tracer)))
                        .build();
        tracer.agent("assistant").call(() -> assistant.chat("Weather in Oslo?"));

        ReceivedSpan agent = received("assistant");
        ReceivedSpan tool = receiver.span("weather");
        assertThat(tool.attributes())
                .isEqualTo(
                        Map.of(
                                "openinference.span.kind", "TOOL",
                                "tool.name", "weather",
                                "tool.id", "call_1",
                                "tool.description", "Tells the weather of a city",
                                "tool.parameters",
                                        "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"description\":\"name"
                                                + " of the city\"}},\"required\":[\"city\"]}",
                                "input.value", "{\"city\":\"Oslo\"}",
                                "input.mime_type", "application/json",
                                "output.value", "Sunny in Oslo",
                                "output.mime_type", "text/plain"));
        assertThat(tool.parentId()).isEqualTo(agent.spanId());
        assertThat(receiver.span("station").parentId()).isEqualTo(tool.spanId());
        List<ReceivedSpan> chats =
                receiver.spans().stream().filter(span -> span.kind().equals("LLM")).toList();
        assertThat(chats)
                .hasSize(2)
                .allSatisfy(chat -> assertThat(chat.parentId()).isEqualTo(agent.spanId()));
        assertThat(chats.get(0).attributes())
                .containsEntry("llm.finish_reason", "tool_execution")
                .containsEntry(
                        "output.value",
                        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_1\",\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}]}");
    }

    @Test
    void failingTool_isAnErrorSpanAndTheModelIsTold() {
        openAi.answer(TOOL_CALL.replace("Oslo", "Atlantis"));
        openAi.answer(ANSWER);
        Assistant assistant =
                AiServices.builder(Assistant.class)
                        .chatModel(chatModel())
                        .tools(TracedTools.of(tracer, new Weather(tracer)))
                        .build();

        assertThat(assistant.chat("Weather in Atlantis?")).isEqualTo("Sunny.");
        ReceivedSpan tool = received("weather");
        assertThat(tool.status()).isEqualTo("ERROR");
        assertThat(tool.statusMessage()).contains("no such city");
    }

    @Test
    void usageOfAnthropic_countsCachedTokensAsPrompt() {
        OiAttributes.Builder attributes = OiAttributes.builder();
        Usage.of(
                        AnthropicTokenUsage.builder()
                                .inputTokenCount(10)
                                .outputTokenCount(5)
                                .cacheReadInputTokens(100)
                                .cacheCreationInputTokens(20)
                                .build())
                .writeTo(attributes);

        assertThat(attributes.build().values())
                .isEqualTo(
                        Map.of(
                                "llm.token_count.prompt", 130,
                                "llm.token_count.completion", 5,
                                "llm.token_count.total", 135,
                                "llm.token_count.prompt_details.cache_read", 100,
                                "llm.token_count.prompt_details.cache_write", 20));
    }

    interface Assistant {
        String chat(String message);
    }

    record Weather(OiTracer tracer) {

        @Tool("Tells the weather of a city")
        String weather(@P("name of the city") String city) {
            if (city.equals("Atlantis")) {
                throw new IllegalArgumentException("no such city");
            }
            tracer.chain("station").start().end();
            return "Sunny in " + city;
        }
    }

    private OpenAiChatModel chatModel() {
        return OpenAiChatModel.builder()
                .baseUrl(openAi.url())
                .apiKey("none")
                .modelName("gpt-4o")
                .maxRetries(0)
                .listeners(List.of(new PhoenixChatModelListener(tracer)))
                .build();
    }

    private EmbeddingModel embeddingModel() {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(openAi.url())
                .apiKey("none")
                .modelName("e-1")
                .maxRetries(0)
                .build()
                .addListener(new PhoenixEmbeddingModelListener(tracer));
    }

    private ReceivedSpan received(String name) {
        flush(otel);
        return receiver.span(name);
    }
}
