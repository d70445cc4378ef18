package dev.phoenix.server.ingest.decode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OTLP/JSON: protobuf's JSON mapping with hex ids instead of base64, 64-bit integers as text or
 * number, and enums as number (or name). Unknown members are ignored; snake_case names are read
 * too, as every protobuf parser does.
 */
final class OtlpJson {

    /** A list of names and values is four levels deep, so that 250 such lists can be read. */
    private static final int MAX_LEVELS = 1000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_LEVELS)
                                                    .build())
                                    .build())
                    .build();
    private static final Pattern DIGITS = Pattern.compile("-?\\d+");
    private static final Map<String, String> SNAKE_CASE = new ConcurrentHashMap<>();

    private OtlpJson() {}

    /**
     * Reads a whole body.
     *
     * @param list the only member that an export request has
     * @throws MalformedRequestException naming the member that is wrong
     */
    static <T> T read(byte[] json, String list, Function<JsonNode, T> request)
            throws MalformedRequestException {
        try {
            JsonNode root = MAPPER.readTree(json);
            if (root == null || !root.isObject()) {
                throw new MalformedRequestException("the body must be a JSON object with " + list);
            }
            return request.apply(root);
        } catch (JacksonException e) {
            throw new MalformedRequestException("the body is not JSON" + place(e.getLocation()));
        } catch (IllegalArgumentException e) {
            throw new MalformedRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null
                ? ""
                : ", see line %d, column %d"
                        .formatted(location.getLineNr(), location.getColumnNr());
    }

    /** Of what is listed below one resource. */
    static Resource resource(JsonNode node) {
        JsonNode resource = member(node, "resource");
        return resource == null
                ? Resource.getDefaultInstance()
                : Resource.newBuilder().addAllAttributes(attributes(resource)).build();
    }

    static InstrumentationScope scope(JsonNode node) {
        JsonNode scope = member(node, "scope");
        return scope == null
                ? InstrumentationScope.getDefaultInstance()
                : InstrumentationScope.newBuilder()
                        .setName(text(scope, "name"))
                        .setVersion(text(scope, "version"))
                        .addAllAttributes(attributes(scope))
                        .build();
    }

    static List<KeyValue> attributes(JsonNode node) {
        return list(node, "attributes", OtlpJson::keyValue);
    }

    private static KeyValue keyValue(JsonNode node) {
        JsonNode value = member(node, "value");
        KeyValue.Builder pair = KeyValue.newBuilder().setKey(text(node, "key"));
        return value == null ? pair.build() : pair.setValue(anyValue(value)).build();
    }

    static AnyValue anyValue(JsonNode node) {
        AnyValue.Builder value = AnyValue.newBuilder();
        if (member(node, "stringValue") != null) {
            value.setStringValue(text(node, "stringValue"));
        } else if (member(node, "boolValue") instanceof JsonNode flag) {
            value.setBoolValue(bool(flag));
        } else if (member(node, "intValue") != null) {
            value.setIntValue(signed(node, "intValue"));
        } else if (member(node, "doubleValue") instanceof JsonNode number) {
            value.setDoubleValue(real(number));
        } else if (member(node, "arrayValue") instanceof JsonNode array) {
            value.setArrayValue(
                    ArrayValue.newBuilder()
                            .addAllValues(
                                    elements(array, "values").map(OtlpJson::anyValue).toList()));
        } else if (member(node, "kvlistValue") instanceof JsonNode map) {
            value.setKvlistValue(
                    KeyValueList.newBuilder()
                            .addAllValues(list(map, "values", OtlpJson::keyValue)));
        } else if (member(node, "bytesValue") != null) {
            value.setBytesValue(bytes(text(node, "bytesValue")));
        }
        return value.build();
    }

    private static ByteString bytes(String base64) {
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "bytesValue must be base64, was " + Quoted.text(base64), e);
        }
    }

    private static double real(JsonNode node) {
        if (!node.isNumber() && !node.isString()) {
            throw new IllegalArgumentException("doubleValue must be a number, was " + brief(node));
        }
        try {
            return node.isString() ? Double.parseDouble(node.asString()) : node.doubleValue();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "doubleValue must be a number, was " + brief(node), e);
        }
    }

    private static boolean bool(JsonNode node) {
        if (!node.isBoolean()) {
            throw new IllegalArgumentException(
                    "boolValue must be true or false, was " + brief(node));
        }
        return node.booleanValue();
    }

    static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> element) {
        return elements(node, name).map(item -> element.apply(object(item, name))).toList();
    }

    static Stream<JsonNode> elements(JsonNode node, String name) {
        JsonNode array = member(node, name);
        if (array == null) {
            return Stream.empty();
        }
        if (!array.isArray()) {
            throw new IllegalArgumentException(name + " must be an array, was " + brief(array));
        }
        return array.valueStream();
    }

    private static JsonNode object(JsonNode item, String list) {
        if (!item.isObject()) {
            throw new IllegalArgumentException(
                    list + " must hold objects only, held " + brief(item));
        }
        return item;
    }

    static String text(JsonNode node, String name) {
        JsonNode value = member(node, name);
        if (value == null) {
            return "";
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(name + " must be a string, was " + brief(value));
        }
        return value.asString();
    }

    static ByteString id(JsonNode node, String name) {
        String hex = text(node, name);
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            // The decoder refuses this one span for its length and keeps the others.
            return SpanDecoder.NOT_HEX.concat(ByteString.copyFromUtf8(hex));
        }
    }

    /** A link that leads nowhere costs no span. */
    static ByteString idOrNone(JsonNode node, String name) {
        ByteString id = id(node, name);
        return id.startsWith(SpanDecoder.NOT_HEX) ? ByteString.EMPTY : id;
    }

    /** A time that 64 signed bits cannot hold reads as negative, and costs only its own span. */
    static long time(JsonNode node, String name) {
        JsonNode value = member(node, name);
        if (value == null) {
            return 0;
        }
        String digits = digits(value);
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    name + " must be a 64-bit integer, was " + brief(value));
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    static long signed(JsonNode node, String name) {
        JsonNode value = member(node, name);
        if (value == null) {
            return 0;
        }
        try {
            return Long.parseLong(digits(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " must be a 64-bit integer, was " + brief(value), e);
        }
    }

    private static String digits(JsonNode value) {
        return value.isIntegralNumber() || value.isString() ? value.asString() : "";
    }

    static int enumeration(
            JsonNode node, String name, Function<String, @Nullable EnumValueDescriptor> byName) {
        JsonNode value = member(node, name);
        if (value == null || !value.isString()) {
            return Math.clamp(signed(node, name), 0, Integer.MAX_VALUE);
        }
        var named = byName.apply(value.asString());
        return named == null ? 0 : named.getNumber();
    }

    static @Nullable JsonNode member(JsonNode node, String camelCase) {
        JsonNode value = node.get(camelCase);
        if (value == null) {
            value = node.get(SNAKE_CASE.computeIfAbsent(camelCase, OtlpJson::snakeCase));
        }
        return value == null || value.isNull() ? null : value;
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
