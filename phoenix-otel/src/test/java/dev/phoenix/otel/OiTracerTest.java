package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.core.openinference.SpanKind;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OiTracerTest extends OtelTest {

    private final PhoenixOtel otel = otel().register();
    private final OiTracer tracer = otel.tracer("test");

    @AfterEach
    void closeOtel() {
        otel.close();
    }

    @Test
    void call_recordsInputOutputAndStatus() {
        String answer = tracer.chain("answer").input("question").call(() -> "forty-two");

        assertThat(answer).isEqualTo("forty-two");
        ReceivedSpan span = received("answer");
        assertThat(span.attributes())
                .isEqualTo(
                        Map.of(
                                "openinference.span.kind", "CHAIN",
                                "input.value", "question",
                                "input.mime_type", "text/plain",
                                "output.value", "forty-two",
                                "output.mime_type", "text/plain"));
        assertThat(span.status()).isEqualTo("OK");
    }

    @Test
    void call_keepsTheOutputThatTheWorkSet() {
        tracer.chain("answer")
                .call(
                        span -> {
                            span.output(Map.of("chosen", true));
                            return "other";
                        });

        assertThat(received("answer").attributes())
                .containsEntry("output.value", "{\"chosen\":true}")
                .containsEntry("output.mime_type", "application/json");
    }

    @Test
    void call_recordsAndRethrowsWhatIsThrown() {
        assertThatThrownBy(
                        () ->
                                tracer.chain("answer")
                                        .call(
                                                () -> {
                                                    throw new IOException("no network");
                                                }))
                .isInstanceOf(IOException.class);

        ReceivedSpan span = received("answer");
        assertThat(span.status()).isEqualTo("ERROR");
        assertThat(span.statusMessage()).isEqualTo("no network");
        assertThat(span.events()).containsExactly("exception");
    }

    @Test
    void run_hasNoOutput() {
        tracer.chain("tidy").run(() -> assertThat(Span.current().isRecording()).isTrue());

        ReceivedSpan span = received("tidy");
        assertThat(span.attributes().keySet()).containsExactly("openinference.span.kind");
        assertThat(span.status()).isEqualTo("OK");
    }

    @Test
    void call_ofAFuture_endsTheSpanWhenItCompletes() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> returned = tracer.llm("stream").call(() -> future);
        flush(otel);
        assertThat(receiver.spans()).isEmpty();
        assertThat(Span.current().getSpanContext().isValid()).isFalse();

        returned.complete("done");
        assertThat(received("stream").attributes()).containsEntry("output.value", "done");
    }

    @Test
    void call_ofAFailingFuture_recordsTheCause() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> returned = tracer.llm("stream").call(() -> future);

        // As a stage before it would; by this thread, so that the span has ended afterwards.
        future.completeExceptionally(new CompletionException(new IOException("gone")));
        assertThatThrownBy(returned::join).isInstanceOf(CompletionException.class);
        assertThat(received("stream").statusMessage()).isEqualTo("gone");
    }

    @Test
    void spans_nestByScope() {
        tracer.agent("outer")
                .call(
                        outer -> {
                            try (OiSpan inner = tracer.tool("inner").startScoped()) {
                                assertThat(Span.current()).isSameAs(inner.span());
                            }
                            assertThat(Span.current()).isSameAs(outer.span());
                            return "x";
                        });

        flush(otel);
        assertThat(receiver.span("inner").parentId()).isEqualTo(receiver.span("outer").spanId());
        assertThat(receiver.span("inner").traceId()).isEqualTo(receiver.span("outer").traceId());
        assertThat(receiver.span("inner").status()).isEqualTo("UNSET");
    }

    @Test
    void parent_canBeHandedToOtherThreads() {
        OiSpan outer = tracer.chain("outer").start();
        CompletableFuture.runAsync(
                        () -> tracer.chain("inner").parent(outer.context()).start().end())
                .join();
        outer.end();
        tracer.chain("alone").parent(Context.root()).start().end();

        flush(otel);
        assertThat(receiver.span("inner").parentId()).isEqualTo(receiver.span("outer").spanId());
        assertThat(receiver.span("alone").parentId()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyKind_canBeStarted(SpanKind kind) {
        tracer.span(kind, "work").start().end();

        assertThat(received("work").kind()).isEqualTo(kind.name());
    }

    @Test
    void kindsWithANameOfTheirOwn_areThatKind() {
        List.of(
                        tracer.chain("CHAIN"),
                        tracer.agent("AGENT"),
                        tracer.tool("TOOL"),
                        tracer.llm("LLM"),
                        tracer.retriever("RETRIEVER"),
                        tracer.embedding("EMBEDDING"),
                        tracer.reranker("RERANKER"),
                        tracer.guardrail("GUARDRAIL"),
                        tracer.evaluator("EVALUATOR"))
                .forEach(span -> span.start().end());

        flush(otel);
        assertThat(receiver.spans())
                .hasSize(9)
                .allSatisfy(span -> assertThat(span.kind()).isEqualTo(span.name()));
    }

    @Test
    void tool_hasNameDescriptionAndParameters() {
        tracer.tool("search")
                .description("Finds things")
                .parameters(Map.of("type", "object"))
                .input(Map.of("query", "x"))
                .call(() -> List.of("a", "b"));

        assertThat(received("search").attributes())
                .isEqualTo(
                        Map.of(
                                "openinference.span.kind", "TOOL",
                                "tool.name", "search",
                                "tool.description", "Finds things",
                                "tool.parameters", "{\"type\":\"object\"}",
                                "input.value", "{\"query\":\"x\"}",
                                "input.mime_type", "application/json",
                                "output.value", "[\"a\",\"b\"]",
                                "output.mime_type", "application/json"));
    }

    @Test
    void toolAttributes_onOtherKinds_areRefused() {
        assertThatThrownBy(() -> tracer.chain("x").description("y"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("description belongs to TOOL spans, this one is CHAIN");
        assertThatThrownBy(() -> tracer.llm("x").parameters("{}"))
                .hasMessage("parameters belongs to TOOL spans, this one is LLM");
    }

    @Test
    void attributes_haveTheirOwnTypes() {
        tracer.chain("work")
                .attribute("text", "a")
                .attribute("whole", 1)
                .attribute("long", 2L)
                .attribute("fraction", 0.5)
                .attribute("flag", true)
                .attribute("texts", List.of("a", "b"))
                .attribute("numbers", List.of(1, 2))
                .attribute("fractions", List.of(0.5, 1.5f))
                .attribute("flags", List.of(true, false))
                .attribute("vector", new float[] {0.5f, 1})
                .attribute("mixed", List.of("a", 1))
                .attribute("map", Map.of("k", List.of(1)))
                .attribute("record", new Point(1, null))
                .start()
                .end();

        assertThat(received("work").attributes())
                .containsEntry("text", "a")
                .containsEntry("whole", 1L)
                .containsEntry("long", 2L)
                .containsEntry("fraction", 0.5)
                .containsEntry("flag", true)
                .containsEntry("texts", List.of("a", "b"))
                .containsEntry("numbers", List.of(1L, 2L))
                .containsEntry("fractions", List.of(0.5, 1.5))
                .containsEntry("flags", List.of(true, false))
                .containsEntry("vector", List.of(0.5, 1.0))
                .containsEntry("mixed", "[\"a\",1]")
                .containsEntry("map", "{\"k\":[1]}")
                .containsEntry("record", "{\"x\":1,\"label\":null}");
    }

    @Test
    void openInferenceAttributes_haveTheirNames() {
        OiMessage question =
                new OiMessage(
                        "user",
                        null,
                        List.of(new OiContent.Text("what?"), new OiContent.Image("http://i")),
                        List.of(),
                        null,
                        "ada");
        OiMessage call =
                new OiMessage(
                        "assistant",
                        null,
                        List.of(),
                        List.of(new OiToolCall("c1", "look", "{}")),
                        null,
                        null);
        OiMessage result = new OiMessage("tool", "seen", List.of(), List.of(), "c1", "look");
        OiAttributes attributes =
                OiAttributes.builder()
                        .model("m")
                        .provider("openai", "azure")
                        .invocationParameters(Map.of("temperature", 0.5))
                        .inputMessages(List.of(question, call, result))
                        .outputMessages(List.of(OiMessage.of("assistant", "that")))
                        .tools(List.of("{\"name\":\"look\"}"))
                        .tokens(3, 4)
                        .documents(
                                List.of(
                                        new OiDocument("d1", "text", 0.5, Map.of("page", 1)),
                                        OiDocument.of("bare")))
                        .rerankerInput("q", List.of(OiDocument.of("in")))
                        .rerankerOutput(List.of(OiDocument.of("out")))
                        .embeddingModel("e")
                        .embedding(0, "text", new float[] {1, 2})
                        .put("absent", null)
                        .build();
        tracer.llm("work").attributes(attributes).start().end();

        assertThat(received("work").attributes())
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("openinference.span.kind", "LLM"),
                                Map.entry("llm.model_name", "m"),
                                Map.entry("llm.system", "openai"),
                                Map.entry("llm.provider", "azure"),
                                Map.entry("llm.invocation_parameters", "{\"temperature\":0.5}"),
                                Map.entry("llm.input_messages.0.message.role", "user"),
                                Map.entry("llm.input_messages.0.message.name", "ada"),
                                Map.entry(
                                        "llm.input_messages.0.message.contents.0.message_content.type",
                                        "text"),
                                Map.entry(
                                        "llm.input_messages.0.message.contents.0.message_content.text",
                                        "what?"),
                                Map.entry(
                                        "llm.input_messages.0.message.contents.1.message_content.type",
                                        "image"),
                                Map.entry(
                                        "llm.input_messages.0.message.contents.1.message_content.image.image.url",
                                        "http://i"),
                                Map.entry("llm.input_messages.1.message.role", "assistant"),
                                Map.entry(
                                        "llm.input_messages.1.message.tool_calls.0.tool_call.id",
                                        "c1"),
                                Map.entry(
                                        "llm.input_messages.1.message.tool_calls.0.tool_call.function.name",
                                        "look"),
                                Map.entry(
                                        "llm.input_messages.1.message.tool_calls.0.tool_call.function.arguments",
                                        "{}"),
                                Map.entry("llm.input_messages.2.message.role", "tool"),
                                Map.entry("llm.input_messages.2.message.content", "seen"),
                                Map.entry("llm.input_messages.2.message.name", "look"),
                                Map.entry("llm.input_messages.2.message.tool_call_id", "c1"),
                                Map.entry("llm.output_messages.0.message.role", "assistant"),
                                Map.entry("llm.output_messages.0.message.content", "that"),
                                Map.entry("llm.tools.0.tool.json_schema", "{\"name\":\"look\"}"),
                                Map.entry("llm.token_count.prompt", 3L),
                                Map.entry("llm.token_count.completion", 4L),
                                Map.entry("llm.token_count.total", 7L),
                                Map.entry("retrieval.documents.0.document.id", "d1"),
                                Map.entry("retrieval.documents.0.document.content", "text"),
                                Map.entry("retrieval.documents.0.document.score", 0.5),
                                Map.entry(
                                        "retrieval.documents.0.document.metadata", "{\"page\":1}"),
                                Map.entry("retrieval.documents.1.document.content", "bare"),
                                Map.entry("reranker.query", "q"),
                                Map.entry("reranker.input_documents.0.document.content", "in"),
                                Map.entry("reranker.output_documents.0.document.content", "out"),
                                Map.entry("embedding.model_name", "e"),
                                Map.entry("embedding.embeddings.0.embedding.text", "text"),
                                Map.entry(
                                        "embedding.embeddings.0.embedding.vector",
                                        List.of(1.0, 2.0))));
    }

    private record Point(int x, @org.jspecify.annotations.Nullable String label) {}

    private ReceivedSpan received(String name) {
        flush(otel);
        return receiver.span(name);
    }
}
