package dev.phoenix.examples.rag;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.util.List;

/** What the help desk knows. */
final class Handbook {

    private static final List<TextSegment> PAGES =
            List.of(
                    page("returns", "Broken goods can be sent back free of charge within 30 days."),
                    page("shipping", "Orders are shipped within two days and arrive in a week."),
                    page("warranty", "Every kettle has a warranty of three years."),
                    page("payment", "We take cards and bank transfers, but no cheques."));

    private Handbook() {}

    static void index(EmbeddingModel embeddings, EmbeddingStore<TextSegment> store) {
        store.addAll(embeddings.embedAll(PAGES).content(), PAGES);
    }

    private static TextSegment page(String topic, String text) {
        return TextSegment.from(text, Metadata.from("topic", topic));
    }
}
