package dev.phoenix.server.ingest.decode;

import dev.phoenix.core.attribute.AttributeTree;
import dev.phoenix.server.ingest.dialect.Derivation;
import dev.phoenix.server.ingest.dialect.Dialects;
import dev.phoenix.server.ingest.dialect.JsonValues;
import dev.phoenix.server.ingest.dialect.SentEvent;
import dev.phoenix.server.ingest.dialect.SentSpan;
import dev.phoenix.server.ingest.dialect.StoredDerivation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored span read anew: by newer rules, or with events that came later. What was sent stays as
 * it is, and so does its content hash.
 *
 * @param attributes the merged tree, JSON text
 */
public record Restatement(
        String kind, DecodedSpan.Columns columns, String attributes, @Nullable String derivation) {

    /**
     * What is stored of a span.
     *
     * @param attributes the merged tree, JSON text
     * @param events JSON text
     */
    public record Stored(
            String name,
            String statusCode,
            String scope,
            String attributes,
            @Nullable String derivation,
            String events) {}

    /**
     * Reads it by the rules of today.
     *
     * @param joined log events that belong to the span, in the order of their times
     */
    public static Restatement of(Stored stored, List<SentEvent> joined, Dialects dialects) {
        StoredDerivation before = StoredDerivation.read(stored.derivation());
        ObjectNode tree = (ObjectNode) JsonValues.read(stored.attributes());
        before.derived().keySet().forEach(path -> remove(tree, path.split("\\.", -1), 0));
        List<SentEvent> events =
                new ArrayList<>(SentSpans.stored(JsonValues.read(stored.events())));
        events.addAll(joined);
        Map<String, JsonNode> sent = new LinkedHashMap<>();
        tree.forEachEntry((name, value) -> SentSpans.flatten(sent, name, value));
        Derivation derivation =
                dialects.read(
                                new SentSpan(
                                        stored.name(),
                                        stored.statusCode().equals("ERROR"),
                                        stored.scope(),
                                        Map.of(),
                                        sent,
                                        events))
                        .withMasked(before.masked());
        AttributeTree<Object> merged = merged(sent, derivation);
        derivation.values().forEach(value -> insert(tree, value.path(), value.value()));
        String kind = SpanColumns.kind(merged);
        return new Restatement(
                kind,
                SpanColumns.derive(merged, kind, derivation),
                Leaves.toJson(tree),
                StoredDerivation.write(derivation));
    }

    private static AttributeTree<Object> merged(Map<String, JsonNode> sent, Derivation derivation) {
        AttributeTree.Builder<Object> builder = AttributeTree.builder();
        sent.forEach((name, value) -> builder.put(name, NestedAttributes.leaf(name, value)));
        return SpanAttributes.with(builder, derivation);
    }

    /** Returns whether the object is empty now. */
    private static boolean remove(ObjectNode object, String[] path, int depth) {
        if (depth == path.length - 1) {
            object.remove(path[depth]);
        } else if (object.get(path[depth]) instanceof ObjectNode inner
                && remove(inner, path, depth + 1)) {
            object.remove(path[depth]);
        }
        return object.isEmpty();
    }

    private static void insert(ObjectNode tree, String path, JsonNode value) {
        String[] segments = path.split("\\.", -1);
        ObjectNode object = tree;
        for (int i = 0; i < segments.length - 1; i++) {
            object =
                    object.get(segments[i]) instanceof ObjectNode inner
                            ? inner
                            : object.putObject(segments[i]);
        }
        object.set(segments[segments.length - 1], value);
    }
}
