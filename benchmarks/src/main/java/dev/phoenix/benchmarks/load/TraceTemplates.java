package dev.phoenix.benchmarks.load;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Agent runs of ten spans as OpenInference instrumentations send them: one agent, one chain, one
 * retriever, one embedding, four model calls, two tool calls. About 17 attributes a span; what the
 * fixed ones leave of its size is prose. Ids, times, sessions and users are put in later.
 */
final class TraceTemplates {

    static final int SPANS = 10;

    /** The parent of each span of a trace, as an index into the trace; the first is the root. */
    static final int[] PARENTS = {-1, 0, 1, 2, 1, 0, 5, 0, 7, 0};

    /** No text comes twice in a request, and seldom in a second. */
    private static final int POOL_BYTES = 8 << 20;

    private final Prose prose = new Prose(20_261);
    private final SpanSize size;
    private final List<Span> spans = new ArrayList<>();

    TraceTemplates(SpanSize size) {
        this.size = size;
        int traces = Math.max(8, POOL_BYTES / size.bytes() / SPANS);
        for (int trace = 0; trace < traces; trace++) {
            spans.add(agent());
            spans.add(chain());
            spans.add(retriever());
            spans.add(embedding());
            spans.add(model());
            spans.add(model());
            spans.add(tool());
            spans.add(model());
            spans.add(tool());
            spans.add(model());
        }
    }

    /** Span {@code number} of an endless sequence of traces. */
    Span span(long number) {
        return spans.get((int) (number % spans.size()));
    }

    private Span agent() {
        return template("support_agent", "AGENT")
                .text("agent.name", "support_agent")
                .io(45, 55)
                .build(prose, share(0.9));
    }

    private Span chain() {
        return template("plan_step", "CHAIN")
                .prose("llm.prompt_template.template", 5)
                .text("llm.prompt_template.version", "v3")
                .io(45, 50)
                .build(prose, share(0.9));
    }

    private Span retriever() {
        TemplateSpan span = template("search_documents", "RETRIEVER").io(10, 7);
        for (int i = 0; i < 4; i++) {
            String document = "retrieval.documents." + i + ".document.";
            span.text(document + "id", "doc-" + prose.number(100_000))
                    .prose(document + "content", 20)
                    .number(document + "score", prose.number(1_000) / 1_000.0);
        }
        return span.build(prose, share(1.4));
    }

    /** Without the vector, as most instrumentations send it: its bytes would not be text. */
    private Span embedding() {
        return template("embed_query", "EMBEDDING")
                .text("embedding.model_name", "text-embedding-3-small")
                .prose("embedding.embeddings.0.embedding.text", 50)
                .io(50, 5)
                .build(prose, share(0.6));
    }

    private Span tool() {
        return template("lookup_order", "TOOL")
                .text("tool.name", "lookup_order")
                .prose("tool.description", 8)
                .text(
                        "tool.parameters",
                        "{\"order\": " + prose.number(1_000_000) + ", \"verbose\": true}")
                .io(22, 70)
                .build(prose, share(0.8));
    }

    private Span model() {
        int prompt = 200 + prose.number(2_000);
        int completion = 20 + prose.number(400);
        return new TemplateSpan("ChatCompletion", "LLM")
                .text("llm.model_name", "gpt-4o-mini")
                .text("llm.provider", "openai")
                .text("llm.system", "openai")
                .text("llm.invocation_parameters", "{\"temperature\": 0.2, \"max_tokens\": 512}")
                .text("llm.input_messages.0.message.role", "system")
                .prose("llm.input_messages.0.message.content", 20)
                .text("llm.input_messages.1.message.role", "user")
                .prose("llm.input_messages.1.message.content", 25)
                .text("llm.output_messages.0.message.role", "assistant")
                .prose("llm.output_messages.0.message.content", 22)
                .count("llm.token_count.prompt", prompt)
                .count("llm.token_count.completion", completion)
                .count("llm.token_count.total", prompt + completion)
                .io(20, 13)
                .build(prose, share(1.15));
    }

    private TemplateSpan template(String name, String kind) {
        return new TemplateSpan(name, kind)
                .text(
                        "metadata",
                        "{\"tenant\": \"t-" + prose.number(50) + "\", \"release\": \"2026.11\"}")
                .text("deployment.environment", "production")
                .text("service.instance.id", "instance-" + prose.number(8))
                .text("code.function", "handle_" + prose.number(30))
                .count("code.lineno", prose.number(900));
    }

    /** The shares of a trace's spans add up to ten. */
    private int share(double ofMean) {
        return (int) (size.bytes() * ofMean);
    }
}
