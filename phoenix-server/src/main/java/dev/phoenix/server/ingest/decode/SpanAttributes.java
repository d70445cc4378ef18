package dev.phoenix.server.ingest.decode;

import dev.phoenix.core.attribute.AttributeTree;
import dev.phoenix.core.attribute.AttributeVisitor;
import dev.phoenix.server.ingest.dialect.Derivation;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the flat attributes of a span to its tree: token counts made numbers, JSON text opened,
 * names nested.
 */
final class SpanAttributes {

    /** Any key that ends so holds JSON that senders flatten to text. */
    private static final List<String> JSON_SUFFIXES =
            List.of("metadata", "tool.parameters", "llm.prompt_template.variables");

    private static final String TOKEN_COUNT = "llm.token_count.";
    private static final List<String> TOKEN_COUNTS =
            List.of(
                    "llm.token_count.prompt",
                    "llm.token_count.completion",
                    "llm.token_count.total");
    private static final String INPUT_VALUE = "input.value";

    /** Deeper text stays text: whoever reads the tree must be able to parse it. */
    private static final int MAX_OPENED_DEPTH = 100;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_OPENED_DEPTH)
                                                    .build())
                                    .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    private SpanAttributes() {}

    private static void put(AttributeTree.Builder<Object> builder, List<KeyValue> attributes) {
        for (KeyValue attribute : attributes) {
            builder.put(
                    JsonText.storable(attribute.getKey()),
                    leaf(attribute.getKey(), attribute.getValue()));
        }
    }

    /** What was sent, and what rules found beside it. */
    static AttributeTree<Object> merged(List<KeyValue> attributes, Derivation derivation) {
        AttributeTree.Builder<Object> builder = AttributeTree.builder();
        put(builder, attributes);
        return inputAsText(with(builder, derivation));
    }

    static AttributeTree<Object> with(
            AttributeTree.Builder<Object> builder, Derivation derivation) {
        for (Derivation.Value value : derivation.values()) {
            builder.put(value.path(), new DerivedLeaf(value.value()));
        }
        return builder.build();
    }

    /** From JSON: names may be dotted, values nested; text stays text. */
    static AttributeTree<Object> merged(Map<String, Object> attributes, Derivation derivation) {
        AttributeTree.Builder<Object> builder = AttributeTree.builder();
        attributes.forEach((name, value) -> NestedAttributes.put(builder, name, (JsonNode) value));
        return inputAsText(with(builder, derivation));
    }

    private static @Nullable Object leaf(String key, AnyValue value) {
        if (Leaves.isNull(value)) {
            return null;
        }
        if (value.hasStringValue() && holdsJson(key)) {
            return opened(value);
        }
        return counted(key, value);
    }

    /** Token counts become whole numbers where they can. */
    static Object counted(String key, AnyValue value) {
        if (key.startsWith(TOKEN_COUNT) && TOKEN_COUNTS.contains(key)) {
            Long count = wholeNumber(value);
            return count == null ? value : count;
        }
        return value;
    }

    static boolean holdsJson(String key) {
        for (String suffix : JSON_SUFFIXES) {
            if (key.endsWith(suffix)) {
                return true;
            }
        }
        return false;
    }

    /** The JSON that a text holds, or the text; null for JSON's null. */
    static @Nullable Object opened(AnyValue text) {
        try {
            JsonNode json = MAPPER.readTree(text.getStringValue());
            if (json == null || json.isMissingNode()) {
                return text;
            }
            return json.isNull() ? null : json;
        } catch (JacksonException e) {
            return text;
        }
    }

    private static @Nullable Long wholeNumber(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> value.getIntValue();
            case BOOL_VALUE -> value.getBoolValue() ? 1L : 0L;
            case DOUBLE_VALUE ->
                    Double.isFinite(value.getDoubleValue())
                            ? (Long) (long) value.getDoubleValue()
                            : null;
            case STRING_VALUE -> parseWhole(value.getStringValue().strip());
            default -> null;
        };
    }

    private static @Nullable Long parseWhole(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * An input that is no text, say because keys go below it, is kept as JSON text: readers expect
     * a string there.
     */
    private static AttributeTree<Object> inputAsText(AttributeTree<Object> tree) {
        if (Leaves.text(tree.get(INPUT_VALUE)) != null) {
            return tree;
        }
        JsonText json = new JsonText(256);
        if (!tree.accept(INPUT_VALUE, new Leaves(json)) || isFalsy(json.toString())) {
            return tree;
        }
        return tree.with(INPUT_VALUE, json.toString()).with("input.mime_type", "application/json");
    }

    private static boolean isFalsy(String json) {
        return switch (json) {
            case "null", "false", "0", "0.0", "-0.0", "[]", "{}" -> true;
            default -> false;
        };
    }

    /** How many members the list at the path has; 0 where there is no list. */
    static int listSize(AttributeTree<Object> tree, String path) {
        Object leaf = tree.get(path);
        if (leaf instanceof AnyValue any) {
            return any.getArrayValue().getValuesCount();
        }
        if (leaf instanceof DerivedLeaf derived) {
            return derived.value().isArray() ? derived.value().size() : 0;
        }
        if (leaf instanceof JsonNode json) {
            return json.isArray() ? json.size() : 0;
        }
        ListSize size = new ListSize();
        tree.accept(path, size);
        return size.members;
    }

    private static final class ListSize implements AttributeVisitor<Object> {

        private int depth;
        private int members;

        @Override
        public void beginObject() {
            if (depth++ == 1) {
                members++;
            }
        }

        @Override
        public void endObject() {
            depth--;
        }

        @Override
        public void beginArray() {
            depth++;
        }

        @Override
        public void endArray() {
            depth--;
        }

        @Override
        public void name(String name) {}

        @Override
        public void value(Object value) {}
    }
}
