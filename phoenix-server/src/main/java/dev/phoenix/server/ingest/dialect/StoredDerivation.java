package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        StringBuilder json = new StringBuilder(512);
        json.append("{\"version\":").append(Dialects.VERSION).append(",\"dialects\":");
        strings(json, derivation.dialects());
        derived(json.append(",\"derived\":"), derivation);
        if (!derivation.missing().isEmpty()) {
            json.append(",\"missing\":");
            char before = '[';
            for (Derivation.Missing entry : derivation.missing()) {
                write(json.append(before), entry);
                before = ',';
            }
            json.append(']');
        }
        if (!derivation.masked().isEmpty()) {
            strings(json.append(",\"masked\":"), derivation.masked());
        }
        return json.append('}').toString();
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
    private static void derived(StringBuilder json, Derivation derivation) {
        char before = '[';
        for (Derivation.Value value : derivation.values()) {
            NameCodes.write(json.append(before), value.path());
            json.append(',').append(derivation.dialects().indexOf(value.dialect())).append(',');
            NameCodes.write(json, value.source());
            before = ',';
        }
        json.append(before == '[' ? "[]" : "]");
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

    private static void write(StringBuilder json, Derivation.Missing missing) {
        JsonValues.quote(json.append("{\"path\":"), missing.path());
        JsonValues.quote(json.append(",\"reason\":"), missing.reason().name());
        JsonValues.quote(json.append(",\"dialect\":"), missing.dialect());
        if (missing.source() != null) {
            JsonValues.quote(json.append(",\"source\":"), missing.source());
        }
        json.append('}');
    }

    private static Derivation.Missing missing(JsonNode json) {
        JsonNode source = json.get("source");
        return new Derivation.Missing(
                json.path("path").asString(""),
                Derivation.Reason.valueOf(json.path("reason").asString("NOT_SENT")),
                source == null ? null : source.asString(),
                json.path("dialect").asString(""));
    }

    private static void strings(StringBuilder json, List<String> texts) {
        char before = '[';
        for (String text : texts) {
            JsonValues.quote(json.append(before), text);
            before = ',';
        }
        json.append(before == '[' ? "[]" : "]");
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
