package dev.phoenix.server.ingest.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Small spans of every dialect in {@code src/test/resources/dialects}, also of versions that no
 * recording has, and what must be read. An attribute whose name ends with {@code as text} is sent
 * as the JSON text of its value.
 */
final class DialectExamples {

    /** As derived counts are. */
    static final JsonMapper LONGS =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_LONG_FOR_INTS)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    private static final Path FOLDER = Path.of("src/test/resources/dialects");
    private static final String AS_TEXT = " as text";

    private DialectExamples() {}

    /**
     * @param absent paths that must not be read
     */
    record Example(
            String dialect,
            String what,
            SentSpan span,
            Map<String, JsonNode> expected,
            List<String> absent) {

        @Override
        public String toString() {
            return what;
        }
    }

    static List<Example> all() {
        return Dialects.all().stream()
                .map(Dialect::id)
                .flatMap(dialect -> of(dialect).stream())
                .toList();
    }

    static List<Example> of(String dialect) {
        List<Example> examples = new ArrayList<>();
        for (JsonNode json : read(FOLDER.resolve(dialect + ".json"))) {
            examples.add(
                    new Example(
                            dialect,
                            dialect + ": " + json.path("what").asString("plain"),
                            span(json),
                            members(json.get("expected")),
                            json.path("absent").valueStream().map(JsonNode::asString).toList()));
        }
        return examples;
    }

    private static JsonNode read(Path file) {
        try {
            return LONGS.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SentSpan span(JsonNode json) {
        List<SentEvent> events = new ArrayList<>();
        for (JsonNode event : json.path("events")) {
            events.add(
                    new SentEvent(
                            event.get("name").asString(),
                            0,
                            event.get("body"),
                            members(event.path("attributes"))));
        }
        return new SentSpan(
                json.path("name").asString("span"),
                false,
                json.path("scope").asString(""),
                members(json.path("attributes")),
                events);
    }

    private static Map<String, JsonNode> members(JsonNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.forEachEntry(
                (name, value) -> {
                    if (name.endsWith(AS_TEXT)) {
                        String bare = name.substring(0, name.length() - AS_TEXT.length());
                        members.put(bare, JsonValues.text(value.toString()));
                    } else {
                        members.put(name, value);
                    }
                });
        return members;
    }
}
