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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored span read anew: by newer rules, or with events that came later. What was sent stays as
 * it is, but for secrets that were not masked when it was stored.
 *
 * @param attributes the merged tree, JSON text
 * @param masks whether secrets were hidden that were there
 */
public record Restatement(
        String kind,
        DecodedSpan.Columns columns,
        String attributes,
        @Nullable String derivation,
        String events,
        @Nullable String links,
        boolean masks) {

    /**
     * What is stored of a span.
     *
     * @param attributes the merged tree, JSON text
     * @param events JSON text
     * @param links JSON text
     * @param origin the flat attributes of its resource and of its scope, JSON text
     */
    public record Stored(
            String name,
            String statusCode,
            String scope,
            String attributes,
            @Nullable String derivation,
            String events,
            @Nullable String links,
            Origins origin) {}

    /** JSON text; null where it has none. */
    public record Origins(@Nullable String resource, @Nullable String scope) {

        public static final Origins NONE = new Origins(null, null);
    }

    /**
     * Reads it by the rules of today.
     *
     * @param joined log events that belong to the span, in the order of their times
     * @param masksSecrets whether to hide what senders leak
     */
    public static Restatement of(
            Stored stored, List<SentEvent> joined, Dialects dialects, boolean masksSecrets) {
        StoredDerivation before = StoredDerivation.read(stored.derivation());
        ObjectNode tree = (ObjectNode) JsonValues.read(stored.attributes());
        before.derived().keySet().forEach(path -> remove(tree, path.split("\\.", -1), 0));
        StoredSecrets secrets = new StoredSecrets();
        String sentEvents = stored.events();
        String links = stored.links();
        if (masksSecrets) {
            secrets.hide(tree);
            sentEvents = secrets.hideEvents(sentEvents);
            links = secrets.hideLinks(links);
        }
        List<SentEvent> events = new ArrayList<>(SentSpans.stored(JsonValues.read(sentEvents)));
        events.addAll(joined);
        Map<String, JsonNode> sent = new LinkedHashMap<>();
        tree.forEachEntry((name, value) -> SentSpans.flatten(sent, name, value));
        Derivation found =
                dialects.read(
                                new SentSpan(
                                        stored.name(),
                                        stored.statusCode().equals("ERROR"),
                                        stored.scope(),
                                        sent,
                                        events))
                        .withMasked(masked(before, stored, secrets));
        Derivation derivation = DerivedCounts.settled(found, merged(sent, found));
        AttributeTree<Object> merged = merged(sent, derivation);
        derivation.values().forEach(value -> insert(tree, value.path(), value.value()));
        String kind = SpanColumns.kind(merged);
        return new Restatement(
                kind,
                SpanColumns.derive(merged, kind, derivation).markedBy(kind, tree),
                Leaves.toJson(tree),
                StoredDerivation.write(derivation),
                sentEvents,
                links,
                !secrets.masked().isEmpty());
    }

    /** What was masked stays so; events may have come since, with secrets of their own. */
    private static List<String> masked(
            StoredDerivation before, Stored stored, StoredSecrets secrets) {
        return Stream.of(
                        before.masked(),
                        StoredSecrets.maskedIn("resource.", stored.origin().resource()),
                        StoredSecrets.maskedIn("scope.", stored.origin().scope()),
                        secrets.masked(),
                        LoggedEvents.masked(stored.events()))
                .flatMap(List::stream)
                .distinct()
                .toList();
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
