package dev.phoenix.server.ingest.decode;

import dev.phoenix.core.attribute.AttributeTree;
import io.opentelemetry.proto.common.v1.AnyValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON attributes as leaves of a tree. The members of a nested object are put one by one, so that
 * {@code {"llm": {"model_name": "m"}}} reads like {@code {"llm.model_name": "m"}}.
 */
final class NestedAttributes {

    /** Deeper than any name of the conventions; what is below stays one value. */
    private static final int MAX_DEPTH = 8;

    private NestedAttributes() {}

    static void put(AttributeTree.Builder<Object> tree, String key, JsonNode value) {
        put(tree, JsonText.storable(key), value, 1);
    }

    private static void put(
            AttributeTree.Builder<Object> tree, String key, JsonNode value, int depth) {
        if (depth < MAX_DEPTH && value.isObject() && !value.isEmpty() && hasPlainNames(value)) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                put(tree, key + "." + member.getKey(), member.getValue(), depth + 1);
            }
        } else {
            tree.put(key, leaf(key, value));
        }
    }

    /** Whether dotting the names and splitting them again gives the same object. */
    private static boolean hasPlainNames(JsonNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!isPlain(member.getKey())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !Character.isDigit(name.codePointAt(0))
                && name.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c));
    }

    static @Nullable Object leaf(String key, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        AnyValue scalar = scalar(value);
        return scalar == null ? value : SpanAttributes.counted(key, scalar);
    }

    /** As OTLP would have sent it; null for lists, objects and integers beyond 64 bits. */
    private static @Nullable AnyValue scalar(JsonNode value) {
        AnyValue.Builder scalar = AnyValue.newBuilder();
        return switch (value.getNodeType()) {
            case STRING -> scalar.setStringValue(value.asString()).build();
            case BOOLEAN -> scalar.setBoolValue(value.booleanValue()).build();
            case NUMBER -> {
                if (!value.isIntegralNumber()) {
                    yield scalar.setDoubleValue(value.doubleValue()).build();
                }
                yield value.canConvertToLong()
                        ? scalar.setIntValue(value.longValue()).build()
                        : null;
            }
            default -> null;
        };
    }
}
