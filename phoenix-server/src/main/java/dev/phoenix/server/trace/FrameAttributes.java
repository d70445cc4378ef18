package dev.phoenix.server.trace;

import dev.phoenix.core.openinference.OpenInference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Attributes as columns of a data frame. */
final class FrameAttributes {

    /** Attributes of the convention, which have a column each. */
    private static final Set<String> KNOWN =
            Set.of(
                    OpenInference.SPAN_KIND,
                    OpenInference.INPUT_VALUE,
                    OpenInference.INPUT_MIME_TYPE,
                    OpenInference.OUTPUT_VALUE,
                    OpenInference.OUTPUT_MIME_TYPE,
                    OpenInference.METADATA,
                    OpenInference.SESSION_ID,
                    OpenInference.USER_ID,
                    OpenInference.TAG_TAGS,
                    OpenInference.LLM_MODEL_NAME,
                    OpenInference.LLM_PROVIDER,
                    OpenInference.LLM_SYSTEM,
                    OpenInference.LLM_INVOCATION_PARAMETERS,
                    OpenInference.LLM_FINISH_REASON,
                    OpenInference.LLM_INPUT_MESSAGES,
                    OpenInference.LLM_OUTPUT_MESSAGES,
                    OpenInference.LLM_PROMPTS,
                    OpenInference.LLM_CHOICES,
                    OpenInference.LLM_TOOLS,
                    OpenInference.LLM_PROMPT_TEMPLATE,
                    OpenInference.LLM_PROMPT_TEMPLATE_VERSION,
                    OpenInference.LLM_PROMPT_TEMPLATE_VARIABLES,
                    OpenInference.LLM_TOKEN_COUNT_PROMPT,
                    OpenInference.LLM_TOKEN_COUNT_COMPLETION,
                    OpenInference.LLM_TOKEN_COUNT_TOTAL,
                    OpenInference.LLM_TOKEN_COUNT_PROMPT_CACHE_READ,
                    OpenInference.LLM_TOKEN_COUNT_PROMPT_CACHE_WRITE,
                    OpenInference.LLM_TOKEN_COUNT_PROMPT_AUDIO,
                    OpenInference.LLM_TOKEN_COUNT_COMPLETION_REASONING,
                    OpenInference.LLM_TOKEN_COUNT_COMPLETION_AUDIO,
                    OpenInference.LLM_COST_PROMPT,
                    OpenInference.LLM_COST_COMPLETION,
                    OpenInference.LLM_COST_TOTAL,
                    OpenInference.TOOL_ID,
                    OpenInference.TOOL_NAME,
                    OpenInference.TOOL_DESCRIPTION,
                    OpenInference.TOOL_PARAMETERS,
                    OpenInference.TOOL_JSON_SCHEMA,
                    OpenInference.RETRIEVAL_DOCUMENTS,
                    OpenInference.RERANKER_QUERY,
                    OpenInference.RERANKER_MODEL_NAME,
                    OpenInference.RERANKER_TOP_K,
                    OpenInference.RERANKER_INPUT_DOCUMENTS,
                    OpenInference.RERANKER_OUTPUT_DOCUMENTS,
                    OpenInference.EMBEDDING_MODEL_NAME,
                    OpenInference.EMBEDDING_EMBEDDINGS,
                    OpenInference.AGENT_NAME,
                    OpenInference.GRAPH_NODE_ID,
                    OpenInference.GRAPH_NODE_NAME,
                    OpenInference.GRAPH_NODE_PARENT_ID);

    private FrameAttributes() {}

    /** Attributes of the convention by their whole names, what is left by its first name. */
    static void addAll(JsonNode attributes, Map<String, @Nullable Object> row) {
        attributes.forEachEntry(
                (name, value) -> {
                    JsonNode left = take(name, value, row);
                    if (left != null) {
                        row.put("attributes." + name, left);
                    }
                });
    }

    /** Takes what has a column of its own; returns the rest. */
    private static @Nullable JsonNode take(
            String name, JsonNode value, Map<String, @Nullable Object> row) {
        if (KNOWN.contains(name)) {
            row.put("attributes." + name, value);
            return null;
        }
        boolean leads = KNOWN.stream().anyMatch(known -> known.startsWith(name + "."));
        if (!leads || !(value instanceof ObjectNode object)) {
            return value;
        }
        ObjectNode rest = object.objectNode();
        object.forEachEntry(
                (member, inner) -> {
                    JsonNode left = take(name + "." + member, inner, row);
                    if (left != null) {
                        rest.set(member, left);
                    }
                });
        return rest.isEmpty() ? null : rest;
    }

    /** Null where the path leads to nothing. */
    static @Nullable JsonNode at(JsonNode attributes, List<Object> path) {
        JsonNode found = attributes;
        for (Object key : path) {
            found =
                    key instanceof Integer place
                            ? found.isArray() ? found.get(place) : null
                            : found.isObject() ? found.get((String) key) : null;
            if (found == null) {
                return null;
            }
        }
        return found.isNull() ? null : found;
    }

    /** By a path with dots, in an element of a list. */
    static @Nullable JsonNode part(JsonNode element, String path) {
        JsonNode whole = element.get(path);
        return whole != null && !whole.isNull()
                ? whole
                : at(element, List.of((Object[]) path.split("\\.")));
    }

    /** All of an element by dotted names. */
    static void addFlat(JsonNode element, Map<String, @Nullable Object> row) {
        addFlat("", element, row);
    }

    private static void addFlat(String prefix, JsonNode value, Map<String, @Nullable Object> row) {
        value.forEachEntry(
                (name, inner) -> {
                    if (inner.isObject() && !inner.isEmpty()) {
                        addFlat(prefix + name + ".", inner, row);
                    } else {
                        row.put(prefix + name, inner);
                    }
                });
    }

    /** Strings as they are, everything else as JSON; null where no element has a part. */
    static @Nullable String joined(
            Iterable<JsonNode> elements, @Nullable String path, String separator) {
        StringJoiner text = new StringJoiner(separator);
        boolean any = false;
        for (JsonNode element : elements) {
            JsonNode part = path == null ? element : part(element, path);
            if (part != null && !part.isNull()) {
                text.add(part.isString() ? part.stringValue() : part.toString());
                any = true;
            }
        }
        return any ? text.toString() : null;
    }
}
