package dev.phoenix.examples.rag;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HelpDeskMainTest {

    @Test
    void conversation_isTracedWithRetrievalToolAndSession() throws IOException {
        try (SpanReceiver receiver = new SpanReceiver()) {
            System.setProperty("phoenix.collector-endpoint", receiver.url());
            String said = run();
            System.clearProperty("phoenix.collector-endpoint");

            assertThat(said.lines())
                    .containsExactly(
                            "> My kettle arrived broken. Can I send it back?",
                            "Yes. Broken goods can be sent back free of charge within 30 days.",
                            "> Thank you. And where is my order 1042?",
                            "Order 1042 was shipped yesterday and arrives on Friday.");
            assertThat(outline(receiver.spans()))
                    .isEqualTo(
                            """
                            CHAIN index handbook
                              EMBEDDING embed text-embedding-3-small
                            AGENT help desk
                              RETRIEVER EmbeddingStoreContentRetriever
                                EMBEDDING embed text-embedding-3-small
                              LLM chat gpt-4o-mini
                            AGENT help desk
                              RETRIEVER EmbeddingStoreContentRetriever
                                EMBEDDING embed text-embedding-3-small
                              LLM chat gpt-4o-mini
                              TOOL orderStatus
                              LLM chat gpt-4o-mini
                            """);
            checkDetails(receiver.spans());
        }
    }

    private static void checkDetails(List<Span> spans) {
        List<Map<String, Object>> llm = ofKind(spans, "LLM");
        assertThat(llm.get(0))
                .containsEntry("llm.model_name", "gpt-4o-mini-2024-07-18")
                .containsEntry("llm.provider", "openai")
                .containsEntry("llm.input_messages.0.message.role", "system")
                .containsEntry("llm.input_messages.1.message.role", "user")
                .containsEntry(
                        "llm.output_messages.0.message.content",
                        "Yes. Broken goods can be sent back free of charge within 30 days.")
                .containsKeys("llm.token_count.prompt", "llm.token_count.total");
        assertThat(llm.get(1))
                .as("the second question is asked with the memory of the first")
                .containsEntry("llm.input_messages.2.message.role", "assistant")
                .containsEntry(
                        "llm.output_messages.0.message.tool_calls.0.tool_call.function.name",
                        "orderStatus");
        assertThat(llm.get(2)).containsEntry("llm.input_messages.5.message.role", "tool");
        assertThat(ofKind(spans, "TOOL").get(0))
                .containsEntry("input.value", "{\"orderNumber\": \"1042\"}")
                .containsEntry("tool.description", "Tells the state of an order")
                .containsEntry(
                        "output.value", "Order 1042 was shipped yesterday and arrives on Friday");
        assertThat(ofKind(spans, "RETRIEVER").get(0))
                .containsEntry("input.value", "My kettle arrived broken. Can I send it back?")
                .containsEntry(
                        "retrieval.documents.0.document.content",
                        "Broken goods can be sent back free of charge within 30 days.")
                .containsEntry("retrieval.documents.0.document.metadata", "{\"topic\":\"returns\"}")
                .containsKeys(
                        "retrieval.documents.0.document.score",
                        "retrieval.documents.1.document.content");
        assertThat(ofKind(spans, "EMBEDDING").get(0))
                .containsKeys(
                        "embedding.embeddings.3.embedding.text",
                        "embedding.embeddings.3.embedding.vector");
        assertThat(
                        spans.stream()
                                .map(HelpDeskMainTest::attributes)
                                .filter(span -> span.containsKey("session.id"))
                                .map(span -> span.get("session.id"))
                                .distinct())
                .hasSize(1);
    }

    private static String run() throws IOException {
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            HelpDeskMain.main(new String[0]);
        } finally {
            System.setOut(console);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private static String outline(List<Span> spans) {
        StringBuilder outline = new StringBuilder();
        outline(spans, ByteString.EMPTY, "", outline);
        return outline.toString();
    }

    private static void outline(
            List<Span> spans, ByteString parent, String indent, StringBuilder outline) {
        for (Span span : inOrder(spans)) {
            if (span.getParentSpanId().equals(parent)) {
                outline.append(indent)
                        .append(attributes(span).get("openinference.span.kind"))
                        .append(' ')
                        .append(span.getName())
                        .append('\n');
                outline(spans, span.getSpanId(), indent + "  ", outline);
            }
        }
    }

    private static List<Map<String, Object>> ofKind(List<Span> spans, String kind) {
        return inOrder(spans).stream()
                .map(HelpDeskMainTest::attributes)
                .filter(span -> kind.equals(span.get("openinference.span.kind")))
                .toList();
    }

    private static List<Span> inOrder(List<Span> spans) {
        return spans.stream().sorted(Comparator.comparingLong(Span::getStartTimeUnixNano)).toList();
    }

    private static Map<String, Object> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(
                        Collectors.toMap(
                                KeyValue::getKey, attribute -> value(attribute.getValue())));
    }

    private static Object value(AnyValue value) {
        return value.hasStringValue() ? value.getStringValue() : value;
    }
}
