package dev.phoenix.server.trace;

import dev.phoenix.server.cost.TokenCount;
import dev.phoenix.server.cost.Usage;
import dev.phoenix.server.ingest.dialect.Derivation.Reason;
import dev.phoenix.server.ingest.dialect.JsonValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What people look for in a span of each kind. */
final class ExpectedFields {

    /** What OpenInference libraries send in place of what they were told to hide. */
    private static final String HIDDEN = "__REDACTED__";

    private static final String KIND = "openinference.span.kind";

    private static final Field INPUT = new Field("input.value");
    private static final Field OUTPUT = new Field("output.value").unlessFailed();

    private static final List<String> COUNTS =
            List.of(
                    "llm.token_count.prompt",
                    "llm.token_count.completion",
                    "llm.token_count.total");

    private static final List<Field> OF_ANY = List.of(INPUT, OUTPUT);

    private static final Map<String, List<Field>> OF_KIND =
            Map.of(
                    "LLM",
                    List.of(
                            new Field("llm.input_messages", "input.value"),
                            new Field("llm.output_messages", "output.value").unlessFailed(),
                            new Field("llm.model_name"),
                            new Field("llm.token_count.prompt", "llm.token_count.total")
                                    .unlessFailed()),
                    "EMBEDDING",
                    List.of(
                            new Field("embedding.model_name", "llm.model_name"),
                            new Field("embedding.embeddings", "input.value")),
                    "RETRIEVER",
                    List.of(INPUT, new Field("retrieval.documents", "output.value").unlessFailed()),
                    "RERANKER",
                    List.of(
                            new Field("reranker.input_documents", "input.value"),
                            new Field("reranker.output_documents", "output.value").unlessFailed()),
                    "TOOL",
                    List.of(new Field("tool.name"), INPUT, OUTPUT),
                    "UNKNOWN",
                    List.of(new Field(KIND), INPUT, OUTPUT));

    private ExpectedFields() {}

    /** Paths in a span's attributes where there is nothing to read, and why. */
    static Map<String, Reason> missing(Span span, String attributes) {
        boolean failed = span.statusCode().equals("ERROR");
        Map<String, Reason> missing = new LinkedHashMap<>();
        for (Field field : OF_KIND.getOrDefault(span.kind(), OF_ANY)) {
            if (failed && field.notOfFailed) {
                continue;
            }
            boolean sent = false;
            boolean hidden = false;
            for (String path : field.paths) {
                String value = JsonPaths.jsonAt(attributes, path);
                hidden |= value != null && value.contains(HIDDEN);
                sent |= value != null && !value.contains(HIDDEN);
            }
            if (sent && field.paths.contains(KIND)) {
                // Else the span would have one.
                missing.put(KIND, Reason.UNREADABLE);
            } else if (!sent) {
                missing.put(field.paths.getFirst(), hidden ? Reason.SWITCHED_OFF : Reason.NOT_SENT);
            }
        }
        if (Usage.KINDS.contains(span.kind())) {
            COUNTS.stream()
                    .filter(path -> isNoCount(attributes, path))
                    .forEach(path -> missing.put(path, Reason.UNREADABLE));
        }
        return missing;
    }

    /** Whether something was sent that sums leave out. Numbers that are none are stored as null. */
    private static boolean isNoCount(String attributes, String path) {
        String json = JsonPaths.jsonAt(attributes, path);
        JsonNode count = json == null ? null : JsonValues.read(json);
        return count == null
                ? JsonPaths.isNullAt(attributes, path)
                : !(count.isIntegralNumber() && TokenCount.isPlausible(count.doubleValue()));
    }

    /**
     * One fact about a span.
     *
     * @param paths any of them tells it
     */
    private record Field(List<String> paths, boolean notOfFailed) {

        Field(String... paths) {
            this(List.of(paths), false);
        }

        /** A call that failed has none. */
        Field unlessFailed() {
            return new Field(paths, true);
        }
    }
}
