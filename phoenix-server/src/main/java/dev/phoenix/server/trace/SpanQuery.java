package dev.phoenix.server.trace;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.filter.Projection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a data frame of spans is to show.
 *
 * @param select values by the name of their column; empty for none
 * @param rename new names of columns
 * @param indexName how the index is called
 */
record SpanQuery(
        Map<String, Projection> select,
        @Nullable String condition,
        Optional<Explode> explode,
        Optional<Concat> concat,
        Map<String, String> rename,
        Projection index,
        String indexName) {

    private static final String DEFAULT_INDEX = "context.span_id";

    /**
     * A row for each element of a list.
     *
     * @param parts columns, and the paths in an element they show; empty for all of it
     */
    record Explode(Projection list, String position, Map<String, String> parts) {}

    /**
     * The elements of a list as one text.
     *
     * @param parts columns, and the paths in an element they are made of; empty for whole elements
     */
    record Concat(Projection list, String column, Map<String, String> parts, String separator) {}

    static SpanQuery parse(JsonNode query) {
        if (!query.isObject()) {
            throw wrong("a query must be an object, was " + query);
        }
        Map<String, Projection> select = new LinkedHashMap<>();
        members(query, "select")
                .forEach((name, value) -> select.put(shown(name), Projection.of(key(name, value))));
        JsonNode explode = query.path("explode");
        Optional<String> list = text(explode, "key");
        String index =
                text(query.path("index"), "key")
                        .or(() -> list.flatMap(_ -> text(explode, "primary_index_key")))
                        .orElse(DEFAULT_INDEX);
        return new SpanQuery(
                select,
                text(query.path("filter"), "condition").orElse(null),
                list.map(key -> explode(key, explode)),
                text(query.path("concat"), "key").map(key -> concat(key, query.path("concat"))),
                texts(query, "rename"),
                Projection.of(index),
                shown(index));
    }

    /** What is selected and not shown as the index: data frames cannot have both under one name. */
    List<String> columns() {
        return select.keySet().stream().filter(name -> !name.equals(indexName)).toList();
    }

    private static Explode explode(String key, JsonNode explode) {
        String position = key.equals("retrieval.documents") ? "document_position" : "position";
        return new Explode(Projection.of(key), position, texts(explode, "kwargs"));
    }

    private static Concat concat(String key, JsonNode concat) {
        return new Concat(
                Projection.of(key),
                key,
                texts(concat, "kwargs"),
                text(concat, "separator").orElse("\n\n"));
    }

    private static Map<String, String> texts(JsonNode owner, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        members(owner, name)
                .forEach(
                        (member, value) -> {
                            if (!value.isString()) {
                                throw wrong(
                                        "%s.%s must be a text, was %s"
                                                .formatted(name, member, value));
                            }
                            texts.put(member, value.stringValue());
                        });
        return texts;
    }

    private static Map<String, JsonNode> members(JsonNode owner, String name) {
        JsonNode value = owner.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw wrong("%s must be an object, was %s".formatted(name, value));
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        value.forEachEntry(members::put);
        return members;
    }

    private static String key(String label, JsonNode projection) {
        return text(projection, "key")
                .orElseThrow(() -> wrong("select.%s must have a key".formatted(label)));
    }

    private static Optional<String> text(JsonNode owner, String name) {
        JsonNode value = owner.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw wrong("%s must be a text, was %s".formatted(name, value));
        }
        return Optional.of(value.stringValue())
                .filter(text -> !text.isEmpty() || name.equals("separator"));
    }

    /** Ids are shown by their full names. */
    private static String shown(String name) {
        return switch (name) {
            case "span_id", "trace_id" -> "context." + name;
            default -> name;
        };
    }

    private static ApiException wrong(String rule) {
        String message = "the span query cannot be read: " + rule;
        return ApiException.unprocessable(
                message.length() <= 300 ? message : message.substring(0, 300));
    }
}
