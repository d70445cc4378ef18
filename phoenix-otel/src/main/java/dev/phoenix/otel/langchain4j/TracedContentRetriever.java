package dev.phoenix.otel.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.phoenix.otel.OiAttributes;
import dev.phoenix.otel.OiDocument;
import dev.phoenix.otel.OiTracer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a RETRIEVER span for every search: query, documents with scores and metadata, errors. What
 * the search calls in turn, such as an embedding model, is written below it.
 */
public final class TracedContentRetriever implements ContentRetriever {

    private final OiTracer tracer;
    private final ContentRetriever retriever;

    public TracedContentRetriever(OiTracer tracer, ContentRetriever retriever) {
        this.tracer = tracer;
        this.retriever = retriever;
    }

    @Override
    public List<Content> retrieve(Query query) {
        return tracer.retriever(retriever.getClass().getSimpleName())
                .input(query.text())
                .call(
                        span -> {
                            List<Content> contents = retriever.retrieve(query);
                            List<OiDocument> documents =
                                    contents.stream()
                                            .map(TracedContentRetriever::document)
                                            .toList();
                            span.attributes(OiAttributes.builder().documents(documents).build())
                                    .output(documents.stream().map(OiDocument::content).toList());
                            return contents;
                        });
    }

    private static OiDocument document(Content content) {
        TextSegment segment = content.textSegment();
        Map<ContentMetadata, Object> found = content.metadata();
        Object score =
                found.getOrDefault(
                        ContentMetadata.RERANKED_SCORE, found.get(ContentMetadata.SCORE));
        return new OiDocument(
                text(found.get(ContentMetadata.EMBEDDING_ID)),
                segment.text(),
                score instanceof Number number ? number.doubleValue() : null,
                segment.metadata().toMap());
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }
}
