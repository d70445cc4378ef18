package dev.phoenix.server.ingest.dialect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the rules found in one span.
 *
 * @param dialects those recognised, in the order of their priority
 * @param values what to add to the tree; at none of their paths was anything sent
 * @param missing what a reader looks for and the span does not say
 * @param responseIds what the provider called its answer, the most certain first
 * @param masked paths of secrets that are not kept
 */
public record Derivation(
        List<String> dialects,
        List<Value> values,
        List<Missing> missing,
        List<String> responseIds,
        List<String> masked) {

    /** A plain OpenInference span. */
    public static final Derivation NONE =
            new Derivation(List.of(), List.of(), List.of(), List.of(), List.of());

    public Derivation {
        dialects = List.copyOf(dialects);
        values = List.copyOf(values);
        missing = List.copyOf(missing);
        responseIds = List.copyOf(responseIds);
        masked = List.copyOf(masked);
    }

    /** The kind that the rules found; null where it was sent, or nothing tells. */
    public @Nullable String kind() {
        return values.stream()
                .filter(value -> value.path().equals("openinference.span.kind"))
                .map(value -> value.value().asString())
                .findFirst()
                .orElse(null);
    }

    /** With one value more, which no rule found. */
    public Derivation with(String path, JsonNode value) {
        List<Value> more = new ArrayList<>(values);
        more.add(new Value(path, value, "", ""));
        return new Derivation(dialects, more, missing, responseIds, masked);
    }

    public Derivation withMasked(List<String> paths) {
        if (paths.isEmpty()) {
            return this;
        }
        return new Derivation(dialects, values, missing, responseIds, paths);
    }

    /**
     * @param path an OpenInference name
     * @param value lists as a whole
     * @param source the attribute or event it was read from
     */
    public record Value(String path, JsonNode value, String source, String dialect) {}

    /**
     * @param source the attribute or event that cannot be read, or the place in it that cannot,
     *     while the rest is read; null where nothing was sent
     */
    public record Missing(String path, Reason reason, @Nullable String source, String dialect) {}

    /** Why something is missing. */
    public enum Reason {
        /** The sender does not send it. */
        NOT_SENT,
        /** The sender sends it only when told to. */
        SWITCHED_OFF,
        /** It was sent in a form that cannot be read. */
        UNREADABLE
    }
}
