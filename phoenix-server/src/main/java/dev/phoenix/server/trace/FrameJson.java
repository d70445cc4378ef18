package dev.phoenix.server.trace;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a data frame as the Table Schema document that pandas reads. The rows come first and the
 * schema last: which columns there are, and of which type, is known only then.
 */
final class FrameJson {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT);

    private final JsonGenerator json;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final int indexes;
    private long rows;

    FrameJson(JsonGenerator json, List<String> indexes, List<String> columns, List<String> times) {
        this.json = json;
        this.indexes = indexes.size();
        indexes.forEach(name -> column("index " + name, name));
        columns.forEach(name -> column("column " + name, name));
        times.forEach(name -> column("column " + name, name).type = Type.DATETIME);
        json.writeStartObject();
        json.writeName("data");
        json.writeStartArray();
    }

    /** What pandas calls types, from narrow to wide. */
    private enum Type {
        NONE,
        BOOLEAN,
        INTEGER,
        NUMBER,
        DATETIME,
        STRING
    }

    private static final class Column {

        final String name;
        Type type = Type.NONE;
        long values;

        Column(String name) {
            this.name = name;
        }

        void saw(Type seen) {
            boolean numbers = isNumber(type) && isNumber(seen);
            type = type == Type.NONE || type == seen ? seen : numbers ? Type.NUMBER : Type.STRING;
            values++;
        }

        private static boolean isNumber(Type type) {
            return type == Type.INTEGER || type == Type.NUMBER;
        }

        /** Columns with gaps can hold neither booleans nor integers. */
        String typeName(long rows) {
            boolean gaps = values < rows;
            return switch (type) {
                case NONE, STRING -> "string";
                case BOOLEAN -> gaps ? "string" : "boolean";
                case INTEGER -> gaps ? "number" : "integer";
                case NUMBER -> "number";
                case DATETIME -> "datetime";
            };
        }
    }

    void row(Map<String, @Nullable Object> index, Map<String, @Nullable Object> values) {
        rows++;
        json.writeStartObject();
        index.forEach((name, value) -> value(column("index " + name, name), value));
        values.forEach((name, value) -> value(column("column " + name, name), value));
        json.writeEndObject();
    }

    void end() {
        json.writeEndArray();
        json.writeName("schema");
        json.writeStartObject();
        json.writeName("fields");
        json.writeStartArray();
        for (Column column : columns.values()) {
            String type = column.typeName(rows);
            json.writeStartObject();
            json.writeStringProperty("name", column.name);
            json.writeStringProperty("type", type);
            if (type.equals("datetime")) {
                json.writeStringProperty("tz", "UTC");
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeName("primaryKey");
        json.writeStartArray();
        columns.values().stream().limit(indexes).forEach(column -> json.writeString(column.name));
        json.writeEndArray();
        json.writeStringProperty("pandas_version", "1.4.0");
        json.writeEndObject();
        json.writeEndObject();
        json.flush();
    }

    private Column column(String key, String name) {
        return columns.computeIfAbsent(key, _ -> new Column(columns.size() + "_" + name));
    }

    private void value(Column column, @Nullable Object value) {
        if (value == null || (value instanceof JsonNode node && node.isNull())) {
            return;
        }
        json.writeName(column.name);
        switch (value) {
            case String text -> {
                column.saw(Type.STRING);
                json.writeString(text);
            }
            case Instant time -> {
                column.saw(Type.DATETIME);
                json.writeString(TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)));
            }
            case Long number -> {
                column.saw(Type.INTEGER);
                json.writeNumber(number);
            }
            case Double number -> {
                column.saw(Type.NUMBER);
                json.writeNumber(number);
            }
            case JsonNode node -> {
                column.saw(type(node));
                JSON.writeTree(json, node);
            }
            case RawJson raw -> {
                column.saw(Type.STRING);
                json.writeRawValue(raw.text());
            }
            default -> throw new IllegalArgumentException("no value of a frame: " + value);
        }
    }

    /** A list or an object as it is stored. */
    record RawJson(String text) {}

    private static Type type(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> Type.BOOLEAN;
            case NUMBER ->
                    node.isIntegralNumber() && node.canConvertToLong() ? Type.INTEGER : Type.NUMBER;
            default -> Type.STRING;
        };
    }
}
