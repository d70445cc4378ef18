package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The new spans of one trace, the stored spans above them, and what the new ones add to the sums of
 * each. A sum counts a span and all its descendants, each once. Where parents form a circle, every
 * span of the circle is a descendant of every other, so all of them have the same sum.
 */
final class SpanTree {

    private final Map<String, SpanNode> nodes = new LinkedHashMap<>();
    private final List<SpanNode> created;

    private SpanTree(List<SpanNode> created) {
        this.created = created;
        created.forEach(node -> nodes.put(node.spanId(), node));
    }

    static SpanTree of(Collection<DecodedSpan> newSpans) {
        return new SpanTree(newSpans.stream().map(SpanNode::created).toList());
    }

    /** A whole trace, to be added up from scratch. */
    static SpanTree anew(Collection<StoredSpan> spans) {
        return new SpanTree(spans.stream().map(SpanNode::anew).toList());
    }

    /** Stored spans were waiting for this new one as their parent. */
    void adopt(String newSpanId, Sums sumsOfChildren) {
        Objects.requireNonNull(nodes.get(newSpanId)).add(sumsOfChildren);
    }

    /** The stored spans that may get new descendants: empty if nothing would change above. */
    List<String> storedParents() {
        if (created.stream().allMatch(span -> span.added().isNone())) {
            return List.of();
        }
        return created.stream()
                .map(SpanNode::parentSpanId)
                .filter(parent -> parent != null && !nodes.containsKey(parent))
                .distinct()
                .toList();
    }

    void addAncestor(StoredSpan stored) {
        nodes.put(stored.spanId(), SpanNode.growing(stored));
    }

    /** Whether a stored span has a parent that is not here. */
    boolean mayHaveMoreAbove() {
        return nodes.values().stream()
                .anyMatch(
                        node ->
                                node.isStored()
                                        && node.parentSpanId() != null
                                        && !nodes.containsKey(node.parentSpanId()));
    }

    /** Adds up, from the leaves to the roots. */
    void sum() {
        nodes.values().forEach(this::connect);
        Deque<SpanNode> leaves = new ArrayDeque<>();
        for (SpanNode node : nodes.values()) {
            if (node.childrenToVisit == 0) {
                leaves.add(node);
            }
        }
        for (SpanNode node = leaves.poll(); node != null; node = leaves.poll()) {
            SpanNode parent = node.parent;
            if (parent != null) {
                parent.add(node.added());
                if (--parent.childrenToVisit == 0) {
                    leaves.add(parent);
                }
            }
        }
        nodes.values().forEach(this::sumCircle);
    }

    private void connect(SpanNode node) {
        SpanNode parent = node.parentSpanId() == null ? null : nodes.get(node.parentSpanId());
        if (parent == null) {
            return;
        }
        node.parent = parent;
        parent.childrenToVisit++;
    }

    /** What has children to visit after all leaves are gone lies on a circle. */
    private void sumCircle(SpanNode first) {
        if (first.childrenToVisit == 0) {
            return;
        }
        List<SpanNode> circle = new ArrayList<>();
        for (@Nullable SpanNode node = first; node != null && node.childrenToVisit > 0; ) {
            node.childrenToVisit = 0;
            circle.add(node);
            node = node.parent;
        }
        Sums added = circle.stream().map(SpanNode::added).reduce(Sums.NONE, Sums::plus);
        if (circle.stream().allMatch(SpanNode::isStored)) {
            circle.forEach(node -> node.grows(added));
        } else {
            // A new span closed it: what it adopted holds what the stored ones had.
            circle.forEach(node -> node.becomes(added));
        }
    }

    SpanNode node(String spanId) {
        return Objects.requireNonNull(nodes.get(spanId));
    }

    /** Whether a span with tokens gets others below it: they may report the same call. */
    boolean mayRepeatCalls() {
        return nodes.values().stream().anyMatch(SpanNode::hasCallsBelowACall);
    }

    /** Stored spans whose sums change. */
    List<SpanNode> changedAncestors() {
        return nodes.values().stream()
                .filter(node -> node.isStored() && !node.added().isNone())
                .toList();
    }
}
