package dev.phoenix.server.ingest.dialect;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * What is kept of a derivation beside the merged tree, which has the values.
 *
 * @param version of the rules
 * @param derived where each derived path comes from
 */
public record StoredDerivation(
        int version,
        List<String> dialects,
        Map<String, Source> derived,
        List<Derivation.Missing> missing,
        List<String> masked) {

    /** Of spans that need no rules. */
    public static final StoredDerivation NONE =
            new StoredDerivation(Dialects.VERSION, List.of(), Map.of(), List.of(), List.of());

    /** Which dialect read it from which attribute. */
    public record Source(String dialect, String attribute) {}

    /** Null where there is nothing to keep. */
    public static @Nullable String write(Derivation derivation) {
        if (derivation.dialects().isEmpty() && derivation.masked().isEmpty()) {
            return null;
        }
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator json = JsonValues.MAPPER.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberProperty("version", Dialects.VERSION);
            strings(json, "dialects", derivation.dialects());
            derived(json, derivation);
            if (!derivation.missing().isEmpty()) {
                json.writeArrayPropertyStart("missing");
                derivation.missing().forEach(entry -> write(json, entry));
                json.writeEndArray();
            }
            if (!derivation.masked().isEmpty()) {
                strings(json, "masked", derivation.masked());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    public static StoredDerivation read(@Nullable String text) {
        JsonNode json = text == null ? null : JsonValues.parse(text);
        if (json == null) {
            return NONE;
        }
        List<String> dialects = strings(json.path("dialects"));
        List<Derivation.Missing> missing = new ArrayList<>();
        json.path("missing").forEach(entry -> missing.add(missing(entry)));
        return new StoredDerivation(
                json.path("version").asInt(0),
                dialects,
                derived(json.path("derived"), dialects),
                missing,
                strings(json.path("masked")));
    }

    /** One list: path, which of the dialects, source; path, which of the dialects, source… */
    private static void derived(JsonGenerator json, Derivation derivation) {
        json.writeArrayPropertyStart("derived");
        for (Derivation.Value value : derivation.values()) {
            NameCodes.write(json, value.path());
            json.writeNumber(derivation.dialects().indexOf(value.dialect()));
            NameCodes.write(json, value.source());
        }
        json.writeEndArray();
    }

    private static Map<String, Source> derived(JsonNode stored, List<String> dialects) {
        Map<String, Source> derived = new LinkedHashMap<>();
        for (int i = 0; i + 2 < stored.size() && stored.isArray(); i += 3) {
            int dialect = stored.get(i + 1).asInt(-1);
            derived.put(
                    NameCodes.read(stored.get(i)),
                    new Source(
                            dialect < 0 || dialect >= dialects.size() ? "" : dialects.get(dialect),
                            NameCodes.read(stored.get(i + 2))));
        }
        // Up to version 3 an object, in words.
        stored.forEachEntry(
                (path, source) ->
                        derived.put(
                                path,
                                new Source(
                                        source.path(0).asString(""), source.path(1).asString(""))));
        return derived;
    }

    private static void write(JsonGenerator json, Derivation.Missing missing) {
        json.writeStartObject();
        json.writeStringProperty("path", missing.path());
        json.writeStringProperty("reason", missing.reason().name());
        json.writeStringProperty("dialect", missing.dialect());
        if (missing.source() != null) {
            json.writeStringProperty("source", missing.source());
        }
        json.writeEndObject();
    }

    private static Derivation.Missing missing(JsonNode json) {
        JsonNode source = json.get("source");
        return new Derivation.Missing(
                json.path("path").asString(""),
                Derivation.Reason.valueOf(json.path("reason").asString("NOT_SENT")),
                source == null ? null : source.asString(),
                json.path("dialect").asString(""));
    }

    private static void strings(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
