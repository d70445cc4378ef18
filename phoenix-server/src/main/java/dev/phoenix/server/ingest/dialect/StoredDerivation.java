package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

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

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

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
        ObjectNode json = NODES.objectNode().put("version", Dialects.VERSION);
        json.set("dialects", strings(derivation.dialects()));
        ObjectNode derived = json.putObject("derived");
        for (Derivation.Value value : derivation.values()) {
            derived.putArray(value.path()).add(value.dialect()).add(value.source());
        }
        if (!derivation.missing().isEmpty()) {
            ArrayNode missing = json.putArray("missing");
            derivation.missing().forEach(entry -> missing.add(toJson(entry)));
        }
        if (!derivation.masked().isEmpty()) {
            json.set("masked", strings(derivation.masked()));
        }
        return json.toString();
    }

    public static StoredDerivation read(@Nullable String text) {
        JsonNode json = text == null ? null : JsonValues.parse(text);
        if (json == null) {
            return NONE;
        }
        Map<String, Source> derived = new LinkedHashMap<>();
        json.path("derived")
                .forEachEntry(
                        (path, source) ->
                                derived.put(
                                        path,
                                        new Source(
                                                source.path(0).asString(""),
                                                source.path(1).asString(""))));
        List<Derivation.Missing> missing = new ArrayList<>();
        json.path("missing").forEach(entry -> missing.add(missing(entry)));
        return new StoredDerivation(
                json.path("version").asInt(0),
                strings(json.path("dialects")),
                derived,
                missing,
                strings(json.path("masked")));
    }

    private static ObjectNode toJson(Derivation.Missing missing) {
        ObjectNode json =
                NODES.objectNode()
                        .put("path", missing.path())
                        .put("reason", missing.reason().name())
                        .put("dialect", missing.dialect());
        if (missing.source() != null) {
            json.put("source", missing.source());
        }
        return json;
    }

    private static Derivation.Missing missing(JsonNode json) {
        JsonNode source = json.get("source");
        return new Derivation.Missing(
                json.path("path").asString(""),
                Derivation.Reason.valueOf(json.path("reason").asString("NOT_SENT")),
                source == null ? null : source.asString(),
                json.path("dialect").asString(""));
    }

    private static ArrayNode strings(List<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static List<String> strings(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
