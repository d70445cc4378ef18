package dev.phoenix.otel.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelErrorContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelRequestContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import dev.phoenix.otel.OiAttributes;
import dev.phoenix.otel.OiSpan;
import dev.phoenix.otel.OiTracer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes an EMBEDDING span for every call of an embedding model: texts, vectors, token usage,
 * errors.
 *
 * <pre>{@code
 * EmbeddingModel traced = model.addListener(new PhoenixEmbeddingModelListener(tracer));
 * }</pre>
 */
public final class PhoenixEmbeddingModelListener implements EmbeddingModelListener {

    private final OiTracer tracer;

    public PhoenixEmbeddingModelListener(OiTracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void onRequest(EmbeddingModelRequestContext context) {
        List<String> texts = context.textSegments().stream().map(TextSegment::text).toList();
        String model = name(context.embeddingModel());
        OiAttributes.Builder attributes = OiAttributes.builder().embeddingModel(model);
        for (int i = 0; i < texts.size(); i++) {
            attributes.embedding(i, texts.get(i), null);
        }
        OiSpan span =
                tracer.embedding("embed " + model)
                        .input(texts.size() == 1 ? texts.get(0) : texts)
                        .attributes(attributes.build())
                        .start();
        context.attributes().put(this, span);
    }

    @Override
    public void onResponse(EmbeddingModelResponseContext context) {
        finish(
                context.attributes(),
                span -> {
                    OiAttributes.Builder attributes = OiAttributes.builder();
                    List<Embedding> vectors = context.response().content();
                    for (int i = 0; i < vectors.size(); i++) {
                        attributes.embedding(
                                i, context.textSegments().get(i).text(), vectors.get(i).vector());
                    }
                    Usage.of(context.response().tokenUsage()).writeTo(attributes);
                    span.attributes(attributes.build()).ok();
                });
    }

    @Override
    public void onError(EmbeddingModelErrorContext context) {
        finish(context.attributes(), span -> span.error(context.error()));
    }

    private void finish(Map<Object, Object> attributes, Consumer<OiSpan> last) {
        if (attributes.remove(this) instanceof OiSpan span) {
            try {
                last.accept(span);
            } finally {
                span.end();
            }
        }
    }

    private static String name(EmbeddingModel model) {
        String name = model.modelName();
        return name == null ? model.getClass().getSimpleName() : name;
    }
}
