package dev.phoenix.server.ingest.decode;

import dev.phoenix.core.attribute.AttributeTree;
import dev.phoenix.core.attribute.AttributeVisitor;
import dev.phoenix.server.db.LlmMarker;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What spans say about their call of a model, compared with their columns. */
public abstract class LlmAttributes {

    private static final String MODEL = "llm.model_name";
    private static final String PROMPT = "llm.token_count.prompt";
    private static final String COMPLETION = "llm.token_count.completion";
    private static final String TOTAL = "llm.token_count.total";

    private LlmAttributes() {}

    static LlmAttributes in(AttributeTree<Object> attributes) {
        return new OfTree(attributes);
    }

    /** In attributes as they are stored. */
    public static LlmAttributes in(JsonNode attributes) {
        return new OfJson(attributes);
    }

    /** A {@link LlmMarker} for columns of a span. */
    public final int marker(
            String kind,
            @Nullable String model,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens) {
        boolean ofAnother = kind.equals("EMBEDDING") || kind.equals("RERANKER");
        String name = ofAnother ? null : model;
        boolean same =
                isReadable()
                        && (name == null ? isMissing(MODEL) : name.equals(text(MODEL)))
                        && isSame(PROMPT, promptTokens)
                        && isSame(COMPLETION, completionTokens);
        if (!same) {
            return LlmMarker.UNKNOWN;
        }
        int marker = name == null ? 0 : LlmMarker.ofModel(name);
        if (isMissing(TOTAL)) {
            return marker;
        }
        long sum = orZero(promptTokens) + orZero(completionTokens);
        return isSame(TOTAL, sum) ? marker | LlmMarker.TOTAL : LlmMarker.UNKNOWN;
    }

    private boolean isSame(String path, @Nullable Long tokens) {
        return tokens == null ? isMissing(path) : tokens.equals(whole(path));
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    /** Whether names lead everywhere. */
    abstract boolean isReadable();

    abstract boolean isMissing(String path);

    abstract @Nullable String text(String path);

    abstract @Nullable Long whole(String path);

    private static final class OfTree extends LlmAttributes {

        private final AttributeTree<Object> attributes;

        OfTree(AttributeTree<Object> attributes) {
            this.attributes = attributes;
        }

        /** What is one value may have names of its own, which the tree does not look for. */
        @Override
        boolean isReadable() {
            return attributes.get("llm") == null && attributes.get("llm.token_count") == null;
        }

        @Override
        boolean isMissing(String path) {
            return attributes.get(path) == null && !attributes.accept(path, Nothing.VISITOR);
        }

        @Override
        @Nullable String text(String path) {
            return SpanColumns.text(attributes, path);
        }

        @Override
        @Nullable Long whole(String path) {
            return SpanColumns.whole(attributes, path);
        }
    }

    private static final class OfJson extends LlmAttributes {

        private final JsonNode attributes;

        OfJson(JsonNode attributes) {
            this.attributes = attributes;
        }

        @Override
        boolean isReadable() {
            return true;
        }

        @Override
        boolean isMissing(String path) {
            return at(path) == null;
        }

        @Override
        @Nullable String text(String path) {
            JsonNode node = at(path);
            return node != null && node.isString() ? node.asString() : null;
        }

        @Override
        @Nullable Long whole(String path) {
            JsonNode node = at(path);
            return node != null && node.isIntegralNumber() && node.canConvertToLong()
                    ? (Long) node.longValue()
                    : null;
        }

        private @Nullable JsonNode at(String path) {
            JsonNode node = attributes;
            for (String name : path.split("\\.", -1)) {
                node = node.isObject() ? node.get(name) : null;
                if (node == null) {
                    return null;
                }
            }
            return node;
        }
    }

    /** Does not look. */
    private enum Nothing implements AttributeVisitor<Object> {
        VISITOR;

        @Override
        public void beginObject() {}

        @Override
        public void endObject() {}

        @Override
        public void beginArray() {}

        @Override
        public void endArray() {}

        @Override
        public void name(String name) {}

        @Override
        public void value(Object leaf) {}
    }
}
