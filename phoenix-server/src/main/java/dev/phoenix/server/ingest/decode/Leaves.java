package dev.phoenix.server.ingest.decode;

import com.google.protobuf.ByteString;
import dev.phoenix.core.attribute.AttributeVisitor;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The leaves of a span's attribute tree as JSON. A leaf is what the sender sent ({@link AnyValue}),
 * JSON that was text on the wire ({@link JsonNode}), a value the decoder put ({@link Long}, {@link
 * String}), or what rules found ({@link DerivedLeaf}).
 */
final class Leaves implements AttributeVisitor<Object> {

    /**
     * Readers of the tree refuse what is nested much deeper; below this, lists and objects are text
     * that holds their JSON.
     */
    private static final int MAX_LEVELS = 200;

    private final JsonText json;
    private final int maxLevels;
    private int level;

    Leaves(JsonText json) {
        this(json, MAX_LEVELS);
    }

    private Leaves(JsonText json, int maxLevels) {
        this.json = json;
        this.maxLevels = maxLevels;
    }

    /** The leaf as text if it is a string. */
    static @Nullable String text(@Nullable Object leaf) {
        return switch (leaf) {
            case AnyValue any when any.hasStringValue() -> any.getStringValue();
            case JsonNode node when node.isString() -> node.asString();
            case String string -> string;
            case DerivedLeaf derived when derived.value().isString() -> derived.value().asString();
            case null, default -> null;
        };
    }

    static boolean isNull(AnyValue value) {
        return value.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET;
    }

    /** Of any depth: text is not read as a part of the tree. */
    static String toJson(Object leaf) {
        JsonText json = new JsonText(64);
        new Leaves(json, Integer.MAX_VALUE).value(leaf);
        return json.toString();
    }

    @Override
    public void beginObject() {
        level++;
        json.beginObject();
    }

    @Override
    public void endObject() {
        level--;
        json.endBranch(false);
    }

    @Override
    public void beginArray() {
        level++;
        json.beginArray();
    }

    @Override
    public void endArray() {
        level--;
        json.endBranch(true);
    }

    @Override
    public void name(String name) {
        json.name(name);
    }

    @Override
    public void value(Object leaf) {
        switch (leaf) {
            case AnyValue any -> any(any);
            case JsonNode node -> node(node);
            case Long number -> json.value((long) number);
            case String text -> json.value(text);
            case DerivedLeaf derived -> {
                json.derived(true);
                node(derived.value());
                json.derived(false);
            }
            default -> throw new IllegalArgumentException("no leaf of a span: " + leaf.getClass());
        }
    }

    /** A flat object of the attributes, the last of equal keys, nulls left out. */
    void attributes(Iterable<KeyValue> attributes) {
        members(attributes, false);
    }

    private void members(Iterable<KeyValue> members, boolean nulls) {
        Map<String, AnyValue> last = new HashMap<>();
        members.forEach(pair -> last.put(pair.getKey(), pair.getValue()));
        beginObject();
        for (KeyValue pair : members) {
            AnyValue value = last.remove(pair.getKey());
            if (value != null && (nulls || !isNull(value))) {
                json.name(pair.getKey());
                any(value);
            }
        }
        endLeaf(false);
    }

    private void endLeaf(boolean list) {
        level--;
        if (list) {
            json.endArray();
        } else {
            json.endObject();
        }
    }

    private void any(AnyValue value) {
        boolean nested = value.hasArrayValue() || value.hasKvlistValue();
        if (nested && level >= maxLevels) {
            json.value(toJson(value));
            return;
        }
        switch (value.getValueCase()) {
            case STRING_VALUE -> json.value(value.getStringValue());
            case BOOL_VALUE -> json.value(value.getBoolValue());
            case INT_VALUE -> json.value(value.getIntValue());
            case DOUBLE_VALUE -> json.value(value.getDoubleValue());
            case BYTES_VALUE -> json.value(base64(value.getBytesValue()));
            case ARRAY_VALUE -> array(value.getArrayValue().getValuesList());
            case KVLIST_VALUE -> members(value.getKvlistValue().getValuesList(), true);
            // Strings by reference exist in profiles only; nothing can be read from the index
            // alone.
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> json.nullValue();
        }
    }

    private void array(List<AnyValue> values) {
        beginArray();
        values.forEach(this::any);
        endLeaf(true);
    }

    private void node(JsonNode node) {
        if (node.isContainer() && level >= maxLevels) {
            json.value(toJson(node));
            return;
        }
        switch (node.getNodeType()) {
            case OBJECT -> {
                beginObject();
                node.forEachEntry(
                        (name, member) -> {
                            json.name(name);
                            node(member);
                        });
                endLeaf(false);
            }
            case ARRAY -> {
                beginArray();
                node.forEach(this::node);
                endLeaf(true);
            }
            case STRING -> json.value(node.asString());
            case BOOLEAN -> json.value(node.booleanValue());
            case NUMBER -> number(node);
            default -> json.nullValue();
        }
    }

    private void number(JsonNode node) {
        if (node.isLong() || node.isInt()) {
            json.value(node.longValue());
        } else if (node.isIntegralNumber()) {
            json.raw(node.bigIntegerValue().toString());
        } else {
            json.value(node.doubleValue());
        }
    }

    static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
