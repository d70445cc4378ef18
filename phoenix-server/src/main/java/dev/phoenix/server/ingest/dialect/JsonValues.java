package dev.phoenix.server.ingest.dialect;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values of attributes as JSON nodes, and text that holds JSON. */
public final class JsonValues {

    /** Deeper text stays text: whoever reads the tree must be able to parse it. */
    private static final int MAX_DEPTH = 100;

    static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    /** For JSON that this server wrote: whatever was taken must be readable again. */
    public static final JsonMapper STORED =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNameLength(Integer.MAX_VALUE)
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .maxNumberLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonValues() {}

    /** The last of equal names. */
    public static Map<String, JsonNode> of(List<KeyValue> attributes) {
        Map<String, JsonNode> values = LinkedHashMap.newLinkedHashMap(attributes.size());
        for (KeyValue attribute : attributes) {
            values.put(attribute.getKey(), of(attribute.getValue()));
        }
        return values;
    }

    public static JsonNode of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> NODES.stringNode(value.getStringValue());
            case BOOL_VALUE -> NODES.booleanNode(value.getBoolValue());
            case INT_VALUE -> NODES.numberNode(value.getIntValue());
            case DOUBLE_VALUE -> NODES.numberNode(value.getDoubleValue());
            case BYTES_VALUE -> NODES.stringNode(base64(value.getBytesValue()));
            case ARRAY_VALUE -> {
                ArrayNode list = NODES.arrayNode(value.getArrayValue().getValuesCount());
                value.getArrayValue().getValuesList().forEach(member -> list.add(of(member)));
                yield list;
            }
            case KVLIST_VALUE -> {
                ObjectNode object = NODES.objectNode();
                value.getKvlistValue()
                        .getValuesList()
                        .forEach(member -> object.set(member.getKey(), of(member.getValue())));
                yield object;
            }
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> NODES.nullNode();
        };
    }

    public static JsonNode text(String text) {
        return NODES.stringNode(text);
    }

    /** JSON that this server wrote. */
    public static JsonNode read(String json) {
        return STORED.readTree(json);
    }

    /** The JSON that the text holds; null where it holds none. */
    static @Nullable JsonNode parse(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return json == null || json.isMissingNode() ? null : json;
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Whether the text begins as a JSON object, list or string does. */
    static boolean looksLikeJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isWhitespace(c)) {
                return c == '{' || c == '[' || c == '"';
            }
        }
        return false;
    }

    /** Whether it is text that begins as JSON and is none. */
    static boolean isBroken(JsonNode value) {
        return value.isString()
                && looksLikeJson(value.asString())
                && parse(value.asString()) == null;
    }

    /**
     * What the text holds where it is an object or a list, encoded once or twice; else the value.
     */
    static JsonNode opened(JsonNode value) {
        JsonNode node = value;
        for (int i = 0; i < 2 && node.isString() && looksLikeJson(node.asString()); i++) {
            JsonNode parsed = parse(node.asString());
            if (parsed == null || !(parsed.isContainer() || parsed.isString())) {
                return node;
            }
            node = parsed;
        }
        return node.isContainer() ? node : value;
    }

    /** Whether {@link #opened} would find an object or a list in the text; nothing is built. */
    static boolean holdsContainer(String text) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (start == text.length() || "{[\"".indexOf(text.charAt(start)) < 0) {
            return false;
        }
        return text.charAt(start) == '"'
                ? opened(NODES.stringNode(text)).isContainer()
                : isContainer(text);
    }

    private static boolean isContainer(String text) {
        try (JsonParser json = MAPPER.createParser(text)) {
            json.nextToken();
            json.skipChildren();
            return json.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** A string that somebody encoded as JSON once too often. */
    static String unquoted(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || !text.endsWith("\"")) {
            return text;
        }
        JsonNode parsed = parse(text);
        return parsed != null && parsed.isString() ? parsed.asString() : text;
    }

    /** A string, or each of a list of strings, that was encoded as JSON once too often. */
    static JsonNode withoutQuotes(JsonNode value) {
        if (value.isString()) {
            return text(unquoted(value.asString()));
        }
        if (!value.isArray()) {
            return value;
        }
        ArrayNode list = NODES.arrayNode(value.size());
        value.forEach(member -> list.add(member.isString() ? withoutQuotes(member) : member));
        return list;
    }

    /** The JSON that a string holds, whatever it is; else the value. */
    public static JsonNode decoded(JsonNode value) {
        JsonNode parsed = value.isString() ? parse(value.asString()) : null;
        return parsed == null ? value : parsed;
    }

    /** Strings as they are, everything else as JSON. */
    static String plain(JsonNode value) {
        return value.isString() ? value.asString() : value.toString();
    }

    /** The text as a string of JSON. Nearly all that are written are plain names. */
    static void quote(StringBuilder json, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                json.append(NODES.stringNode(text));
                return;
            }
        }
        json.append('"').append(text).append('"');
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
