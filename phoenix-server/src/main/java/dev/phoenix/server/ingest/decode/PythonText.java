package dev.phoenix.server.ingest.decode;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Values as the reference product's {@code str()} writes them: {@code True}, {@code 1.0}, {@code
 * ['a', 'b']}. People search for ids that they have seen there.
 */
final class PythonText {

    private PythonText() {}

    /** Text as it is, everything else written. */
    static String of(Object leaf) {
        String text = Leaves.text(leaf);
        return text == null ? repr(leaf) : text;
    }

    private static String repr(Object leaf) {
        return switch (leaf) {
            case AnyValue any -> repr(any);
            case JsonNode node -> repr(node);
            case DerivedLeaf derived -> repr(derived.value());
            case String text -> quoted(text);
            default -> leaf.toString();
        };
    }

    private static String repr(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> quoted(value.getStringValue());
            case BOOL_VALUE -> bool(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> real(value.getDoubleValue());
            case ARRAY_VALUE ->
                    value.getArrayValue().getValuesList().stream()
                            .map(PythonText::repr)
                            .collect(Collectors.joining(", ", "[", "]"));
            case KVLIST_VALUE ->
                    value.getKvlistValue().getValuesList().stream()
                            .map(PythonText::member)
                            .collect(Collectors.joining(", ", "{", "}"));
            // Stored as base64, and so shown as that.
            case BYTES_VALUE -> Leaves.base64(value.getBytesValue());
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> "None";
        };
    }

    private static String member(KeyValue pair) {
        return quoted(pair.getKey()) + ": " + repr(pair.getValue());
    }

    private static String repr(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> quoted(node.asString());
            case BOOLEAN -> bool(node.booleanValue());
            case NUMBER ->
                    node.isIntegralNumber()
                            ? node.bigIntegerValue().toString()
                            : real(node.doubleValue());
            case ARRAY ->
                    node.valueStream()
                            .map(PythonText::repr)
                            .collect(Collectors.joining(", ", "[", "]"));
            case OBJECT ->
                    node.properties().stream()
                            .map(entry -> quoted(entry.getKey()) + ": " + repr(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> "None";
        };
    }

    private static String bool(boolean flag) {
        return flag ? "True" : "False";
    }

    /** Plain from 0.0001 to 10^16, with an exponent of two digits beyond. */
    private static String real(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(number);
        if (size == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (1e-4 <= size && size < 1e16) {
            return exact.scale() <= 0 ? exact.toPlainString() + ".0" : exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = exact.precision() - exact.scale() - 1;
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(c -> append(quoted, c, quote));
        return quoted.append(quote).toString();
    }

    private static void append(StringBuilder quoted, int c, char quote) {
        switch (c) {
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case '\\' -> quoted.append("\\\\");
            default -> {
                if (c == quote) {
                    quoted.append('\\').append(quote);
                } else if (c < ' ' || c == 0x7f) {
                    quoted.append("\\x%02x".formatted(c));
                } else {
                    quoted.appendCodePoint(c);
                }
            }
        }
    }
}
