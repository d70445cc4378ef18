package dev.phoenix.server.ingest.dialect;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Spans without a model: databases, requests, queues. */
final class PlainSpans implements Dialect {

    private static final Set<String> VECTORS =
            Set.of(
                    "chroma",
                    "chromadb",
                    "lancedb",
                    "marqo",
                    "milvus",
                    "pinecone",
                    "qdrant",
                    "vespa",
                    "weaviate");

    private static final List<String> QUESTIONS =
            List.of("query", "search", "peek", "get", "fetch", "retrieve", "recommend", "scroll");

    @Override
    public String id() {
        return "plain";
    }

    @Override
    public String title() {
        return "HTTP, RPC, SQL and messaging";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "http.request.method",
                "http.method",
                "rpc.system",
                "messaging.system",
                "db.system",
                "db.statement",
                "db.query.text");
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("db.system", PlainSpans::kind),
                Rule.input("db.query.text", "db.statement"),
                Rule.text("user.id", "enduser.id", "enduser.pseudo.id"));
    }

    /** A question to a database of vectors retrieves; other databases answer anything. */
    private static @Nullable String kind(SentSpan span) {
        String system = first(span, "db.system.name", "db.system");
        String operation = first(span, "db.operation.name", "db.operation");
        if (system == null || operation == null || !VECTORS.contains(system)) {
            return null;
        }
        return QUESTIONS.stream().anyMatch(operation::contains) ? "RETRIEVER" : "CHAIN";
    }

    private static @Nullable String first(SentSpan span, String... names) {
        for (String name : names) {
            String text = span.text(name);
            if (text != null) {
                return text.toLowerCase(Locale.ROOT);
            }
        }
        return null;
    }
}
