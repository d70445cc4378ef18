package dev.phoenix.examples.rag;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.content.retriever.EmbeddingStoreContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import dev.phoenix.otel.OiContext;
import dev.phoenix.otel.OiTracer;
import dev.phoenix.otel.langchain4j.PhoenixChatModelListener;
import dev.phoenix.otel.langchain4j.PhoenixEmbeddingModelListener;
import dev.phoenix.otel.langchain4j.TracedContentRetriever;
import dev.phoenix.otel.langchain4j.TracedTools;
import io.opentelemetry.context.Scope;
import java.util.List;

/** An assistant with a memory per session, a handbook to search and orders to look up. */
final class HelpDesk {

    interface Assistant {
        @SystemMessage("You work at the help desk of a kitchen shop. Answer in one sentence.")
        String answer(@MemoryId String session, @UserMessage String question);
    }

    private final OiTracer tracer;
    private final Assistant assistant;

    HelpDesk(OiTracer tracer, ModelAccess access) {
        this.tracer = tracer;
        EmbeddingModel embeddings = embeddingModel(tracer, access);
        EmbeddingStore<TextSegment> handbook = new InMemoryEmbeddingStore<>();
        tracer.chain("index handbook").run(() -> Handbook.index(embeddings, handbook));
        assistant =
                AiServices.builder(Assistant.class)
                        .chatModel(chatModel(tracer, access))
                        .chatMemoryProvider(session -> MessageWindowChatMemory.withMaxMessages(20))
                        .contentRetriever(retriever(tracer, embeddings, handbook))
                        .tools(TracedTools.of(tracer, new Orders()))
                        .build();
    }

    /** One turn is one trace; the session ties the turns together. */
    String ask(String session, String question) {
        try (Scope scope = OiContext.builder().sessionId(session).open()) {
            return tracer.agent("help desk")
                    .input(question)
                    .call(() -> assistant.answer(session, question));
        }
    }

    private static ChatModel chatModel(OiTracer tracer, ModelAccess access) {
        return OpenAiChatModel.builder()
                .baseUrl(access.baseUrl())
                .apiKey(access.apiKey())
                .modelName("gpt-4o-mini")
                .temperature(0.2)
                .listeners(List.of(new PhoenixChatModelListener(tracer)))
                .build();
    }

    private static EmbeddingModel embeddingModel(OiTracer tracer, ModelAccess access) {
        return OpenAiEmbeddingModel.builder()
                .baseUrl(access.baseUrl())
                .apiKey(access.apiKey())
                .modelName("text-embedding-3-small")
                .build()
                .addListener(new PhoenixEmbeddingModelListener(tracer));
    }

    private static ContentRetriever retriever(
            OiTracer tracer, EmbeddingModel embeddings, EmbeddingStore<TextSegment> handbook) {
        return new TracedContentRetriever(
                tracer,
                EmbeddingStoreContentRetriever.builder()
                        .embeddingModel(embeddings)
                        .embeddingStore(handbook)
                        .maxResults(2)
                        .build());
    }
}
