package dev.phoenix.server.ingest.decode;

import dev.phoenix.core.attribute.AttributeTree;
import dev.phoenix.server.cost.TokenCount;
import dev.phoenix.server.cost.Usage;
import dev.phoenix.server.ingest.dialect.Derivation;
import dev.phoenix.server.ingest.dialect.Dialects;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The narrow columns of a span, read once from its attribute tree. */
final class SpanColumns {

    static final String UNKNOWN = "UNKNOWN";

    /** One more than what lists show, so that they can tell a cut text from a whole one. */
    private static final int PREVIEW_LENGTH = 101;

    private static final String JSON = "application/json";

    private SpanColumns() {}

    static String kind(AttributeTree<Object> attributes) {
        String kind = Leaves.text(attributes.get("openinference.span.kind"));
        if (kind == null) {
            return UNKNOWN;
        }
        String upper = kind.toUpperCase(Locale.ROOT);
        return Dialects.KINDS.contains(upper) ? upper : UNKNOWN;
    }

    static DecodedSpan.Columns derive(
            AttributeTree<Object> attributes, String kind, Derivation derivation) {
        boolean call = Usage.KINDS.contains(kind);
        Long prompt = call ? number(attributes, "llm.token_count.prompt") : null;
        Long completion = call ? number(attributes, "llm.token_count.completion") : null;
        String model = model(attributes, kind);
        return new DecodedSpan.Columns(
                model,
                prompt,
                completion,
                LlmAttributes.in(attributes).marker(kind, model, prompt, completion),
                sessionId(attributes),
                identity(attributes, "user.id"),
                preview(attributes, "input.value"),
                mimeType(attributes, "input.mime_type"),
                preview(attributes, "output.value"),
                mimeType(attributes, "output.mime_type"),
                documents(attributes, kind),
                call ? Usage.of(new TreeUsage(attributes)) : null,
                call ? responseId(attributes, derivation) : null);
    }

    private static @Nullable String responseId(
            AttributeTree<Object> attributes, Derivation derivation) {
        String id =
                derivation.responseIds().isEmpty()
                        ? ResponseId.inAnswer(Leaves.text(attributes.get("output.value")))
                        : derivation.responseIds().getFirst();
        return id == null || id.isBlank() ? null : JsonText.storable(id.strip());
    }

    private static @Nullable String model(AttributeTree<Object> attributes, String kind) {
        return text(
                attributes,
                switch (kind) {
                    case "EMBEDDING" -> "embedding.model_name";
                    case "RERANKER" -> "reranker.model_name";
                    default -> "llm.model_name";
                });
    }

    private static int documents(AttributeTree<Object> attributes, String kind) {
        return SpanAttributes.listSize(
                attributes,
                kind.equals("RERANKER") ? "reranker.output_documents" : "retrieval.documents");
    }

    /** What is no count stays in the attributes only. */
    private static @Nullable Long number(AttributeTree<Object> attributes, String path) {
        Long count = whole(attributes, path);
        return count != null && TokenCount.isPlausible(count) ? count : null;
    }

    static @Nullable Long whole(AttributeTree<Object> attributes, String path) {
        return switch (attributes.get(path)) {
            case Long sent -> sent;
            case DerivedLeaf derived
                    when derived.value().isIntegralNumber() && derived.value().canConvertToLong() ->
                    (Long) derived.value().longValue();
            case null, default -> null;
        };
    }

    static @Nullable String text(AttributeTree<Object> attributes, String path) {
        String text = Leaves.text(attributes.get(path));
        return text == null ? null : JsonText.storable(text);
    }

    /**
     * Everything but JSON is shown as text, and most is: to store that would take room of lists.
     */
    private static @Nullable String mimeType(AttributeTree<Object> attributes, String path) {
        return JSON.equals(Leaves.text(attributes.get(path))) ? JSON : null;
    }

    private static @Nullable String preview(AttributeTree<Object> attributes, String path) {
        Object leaf = attributes.get(path);
        if (leaf == null) {
            return null;
        }
        String text = Leaves.text(leaf);
        return JsonText.storable(cut(text == null ? Leaves.toJson(leaf) : text));
    }

    private static String cut(String text) {
        if (text.length() <= PREVIEW_LENGTH
                || text.codePointCount(0, text.length()) <= PREVIEW_LENGTH) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, PREVIEW_LENGTH));
    }

    private static @Nullable String sessionId(AttributeTree<Object> attributes) {
        String id = identity(attributes, "session.id");
        return id == null ? null : ShortText.name(id);
    }

    /** Ids of any type read as the text that the reference product shows. */
    private static @Nullable String identity(AttributeTree<Object> attributes, String path) {
        Object leaf = attributes.get(path);
        if (leaf == null) {
            return null;
        }
        String trimmed = JsonText.storable(PythonText.of(leaf)).strip();
        return trimmed.isEmpty() ? null : trimmed;
    }
}
