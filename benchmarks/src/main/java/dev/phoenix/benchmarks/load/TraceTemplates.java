package dev.phoenix.benchmarks.load;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Agent runs of ten spans as OpenInference instrumentations send them: an agent, its retrievals,
 * tool calls and model calls. About 15 attributes and 2.1 KB a span. Ids, times and sessions are
 * put in later.
 */
final class TraceTemplates {

    static final int SPANS = 10;

    /** The parent of each span of a trace, as an index into the trace; the first is the root. */
    static final int[] PARENTS = {-1, 0, 1, 1, 0, 0, 5, 0, 7, 0};

    private static final int TRACES = 40;

    private final Words words = new Words(20_261);
    private final List<Span> spans = new ArrayList<>();

    TraceTemplates() {
        for (int trace = 0; trace < TRACES; trace++) {
            spans.add(agent());
            spans.add(chain());
            spans.add(retriever());
            spans.add(model());
            spans.add(model());
            spans.add(chain());
            spans.add(tool());
            spans.add(chain());
            spans.add(model());
            spans.add(tool());
        }
    }

    /** Span {@code number} of an endless sequence of traces. */
    Span span(long number) {
        return spans.get((int) (number % spans.size()));
    }

    private Span agent() {
        return new Builder("support_agent", "AGENT")
                .text("agent.name", "support_agent")
                .io(700, 850)
                .context()
                .build();
    }

    private Span chain() {
        return new Builder("plan_step", "CHAIN")
                .io(760, 850)
                .text("llm.prompt_template.template", words.text(60))
                .text("llm.prompt_template.version", "v3")
                .context()
                .build();
    }

    private Span retriever() {
        var builder = new Builder("search_documents", "RETRIEVER").io(120, 90);
        for (int i = 0; i < 4; i++) {
            String document = "retrieval.documents." + i + ".document.";
            builder.text(document + "id", "doc-" + words.number(100_000))
                    .text(document + "content", words.text(310))
                    .number(document + "score", words.number(1_000) / 1_000.0);
        }
        return builder.context().build();
    }

    private Span tool() {
        return new Builder("lookup_order", "TOOL")
                .text("tool.name", "lookup_order")
                .text("tool.description", words.text(120))
                .text(
                        "tool.parameters",
                        "{\"order\": " + words.number(1_000_000) + ", \"verbose\": true}")
                .io(320, 1_050)
                .context()
                .build();
    }

    private Span model() {
        int prompt = 200 + words.number(2_000);
        int completion = 20 + words.number(400);
        return new Builder("ChatCompletion", "LLM")
                .text("llm.model_name", "gpt-4o-mini")
                .text("llm.provider", "openai")
                .text("llm.system", "openai")
                .text("llm.invocation_parameters", "{\"temperature\": 0.2, \"max_tokens\": 512}")
                .text("llm.input_messages.0.message.role", "system")
                .text("llm.input_messages.0.message.content", words.text(220))
                .text("llm.input_messages.1.message.role", "user")
                .text("llm.input_messages.1.message.content", words.text(300))
                .text("llm.output_messages.0.message.role", "assistant")
                .text("llm.output_messages.0.message.content", words.text(260))
                .count("llm.token_count.prompt", prompt)
                .count("llm.token_count.completion", completion)
                .count("llm.token_count.total", prompt + completion)
                .io(220, 160)
                .build();
    }

    private final class Builder {

        private final Span.Builder span =
                Span.newBuilder().setKind(Span.SpanKind.SPAN_KIND_INTERNAL);

        Builder(String name, String kind) {
            span.setName(name)
                    .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK));
            text("openinference.span.kind", kind);
        }

        Builder io(int input, int output) {
            return text("input.value", words.text(input))
                    .text("input.mime_type", "text/plain")
                    .text("output.value", words.text(output))
                    .text("output.mime_type", "text/plain");
        }

        Builder context() {
            return text(
                            "metadata",
                            "{\"tenant\": \"t-"
                                    + words.number(50)
                                    + "\", \"release\": \"2026.11\"}")
                    .text("deployment.environment", "production")
                    .text("service.instance.id", "instance-" + words.number(8))
                    .text("code.function", "handle_" + words.number(30))
                    .count("code.lineno", words.number(900));
        }

        Builder text(String key, String value) {
            return attribute(key, AnyValue.newBuilder().setStringValue(value));
        }

        Builder count(String key, long value) {
            return attribute(key, AnyValue.newBuilder().setIntValue(value));
        }

        Builder number(String key, double value) {
            return attribute(key, AnyValue.newBuilder().setDoubleValue(value));
        }

        Span build() {
            return span.build();
        }

        private Builder attribute(String key, AnyValue.Builder value) {
            span.addAttributes(KeyValue.newBuilder().setKey(key).setValue(value));
            return this;
        }
    }
}
