package dev.phoenix.server.trace;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Stored attributes as OTLP writes them: a list of keys and typed values. */
final class OtlpValues {

    private static final BigInteger SMALLEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** A 64-bit integer has at most so many characters. */
    private static final int LONGEST_INTEGER = 20;

    private OtlpValues() {}

    private enum Kind {
        ARRAY,
        BOOL,
        BYTES,
        DOUBLE,
        INT,
        KVLIST,
        STRING;

        private String member() {
            return switch (this) {
                case ARRAY -> "array_value";
                case BOOL -> "bool_value";
                case BYTES -> "bytes_value";
                case DOUBLE -> "double_value";
                case INT -> "int_value";
                case KVLIST -> "kvlist_value";
                case STRING -> "string_value";
            };
        }
    }

    /**
     * Writes them.
     *
     * @param without names that are left out, and what is below them
     */
    static void attributes(JsonGenerator json, String stored, Set<String> without) {
        json.writeStartArray();
        FlatAttributes.each(
                new JsonWalk(stored),
                (name, walk) -> {
                    if (isBelow(name, without)) {
                        walk.skip();
                        return;
                    }
                    json.writeStartObject();
                    json.writeStringProperty("key", name);
                    json.writeName("value");
                    value(json, walk.raw());
                    json.writeEndObject();
                });
        json.writeEndArray();
    }

    private static boolean isBelow(String name, Set<String> paths) {
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            if (paths.contains(name.substring(0, dot))) {
                return true;
            }
        }
        return paths.contains(name);
    }

    private static void value(JsonGenerator json, String raw) {
        Kind kind = kind(raw);
        json.writeStartObject();
        for (Kind member : Kind.values()) {
            json.writeName(member.member());
            // Nothing is left of a list of pairs: its members have become attributes of their own.
            if (member != kind || kind == Kind.KVLIST) {
                json.writeNull();
            } else if (kind == Kind.ARRAY) {
                array(json, raw);
            } else {
                json.writeRawValue(raw);
            }
        }
        json.writeEndObject();
    }

    /** Elements of several kinds, and lists within lists, become text. */
    private static void array(JsonGenerator json, String raw) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        JsonWalk first = new JsonWalk(raw);
        first.list(() -> kinds.add(kind(first.raw())));
        boolean asText =
                kinds.size() > 1 || kinds.contains(Kind.ARRAY) || kinds.contains(Kind.KVLIST);
        JsonWalk walk = new JsonWalk(raw);
        json.writeStartObject();
        json.writeName("values");
        json.writeStartArray();
        walk.list(
                () -> {
                    if (asText) {
                        text(json, walk.string());
                    } else {
                        value(json, walk.raw());
                    }
                });
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String text) {
        json.writeStartObject();
        for (Kind member : Kind.values()) {
            json.writeStringProperty(member.member(), member == Kind.STRING ? text : null);
        }
        json.writeEndObject();
    }

    private static Kind kind(String raw) {
        return switch (raw.charAt(0)) {
            case '"' -> Kind.STRING;
            case '[' -> Kind.ARRAY;
            case 't', 'f' -> Kind.BOOL;
            case '{', 'n' -> Kind.KVLIST;
            default -> isInteger(raw) ? Kind.INT : Kind.DOUBLE;
        };
    }

    private static boolean isInteger(String raw) {
        if (raw.length() > LONGEST_INTEGER || raw.chars().anyMatch(c -> ".eE".indexOf(c) >= 0)) {
            return false;
        }
        BigInteger value = new BigInteger(raw);
        return value.compareTo(SMALLEST) >= 0 && value.compareTo(LARGEST) <= 0;
    }
}
