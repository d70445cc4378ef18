package dev.phoenix.core.attribute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One segment of the trie behind an {@link AttributeTree}; children keep the order of arrival. */
final class Node<V> {

    /** Up to here a scan over the children is faster than hashing the segment. */
    private static final int SCANNED_CHILDREN = 12;

    private static final Comparator<Node<?>> BY_INDEX =
            Comparator.<Node<?>>comparingInt(node -> node.name.length())
                    .thenComparing(node -> node.name);

    final String name;
    private final boolean index;
    private @Nullable String key;
    private @Nullable V value;
    private @Nullable Node<V> firstChild;
    private @Nullable Node<V> lastChild;
    private @Nullable Node<V> nextSibling;
    private @Nullable Node<V> recentChild;
    private int childCount;
    private boolean hasIndexChild;
    private @Nullable Map<String, Node<V>> childrenByName;

    Node(String name, boolean index) {
        this.name = name;
        this.index = index;
    }

    @Nullable V value() {
        return value;
    }

    @Nullable Node<V> firstChild() {
        return firstChild;
    }

    @Nullable Node<V> nextSibling() {
        return nextSibling;
    }

    /** Takes the value unless a key that sorts later already wrote the same place differently. */
    void offer(String newKey, V newValue) {
        if (key == null || newKey.compareTo(key) >= 0) {
            key = newKey;
            value = newValue;
        }
    }

    /** Makes this place a leaf, whatever it was. */
    void replace(String newKey, V newValue) {
        key = newKey;
        value = newValue;
        firstChild = null;
        lastChild = null;
        recentChild = null;
        childCount = 0;
        hasIndexChild = false;
        childrenByName = null;
    }

    @Nullable Node<V> child(Segments segment) {
        Node<V> recent = recentChild;
        if (recent != null && segment.matches(recent.name)) {
            return recent;
        }
        if (childrenByName != null) {
            return childrenByName.get(segment.name());
        }
        for (Node<V> child = firstChild; child != null; child = child.nextSibling) {
            if (segment.matches(child.name)) {
                return child;
            }
        }
        return null;
    }

    Node<V> childOrNew(Segments segment) {
        Node<V> child = child(segment);
        if (child == null) {
            child = new Node<>(segment.name(), segment.isIndex());
            append(child);
        }
        recentChild = child;
        return child;
    }

    /** Whether this place, when it stands under a name, is a list. */
    boolean isList() {
        if (value != null || !hasIndexChild) {
            return false;
        }
        for (Node<V> child = firstChild; child != null; child = child.nextSibling) {
            if (child.isElement()) {
                return true;
            }
        }
        return false;
    }

    /** Whether this place is a member when its parent is a list: a number with something below. */
    boolean isElement() {
        return index && value == null;
    }

    List<Node<V>> elements() {
        List<Node<V>> elements = new ArrayList<>(childCount);
        boolean sorted = true;
        Node<V> previous = null;
        for (Node<V> child = firstChild; child != null; child = child.nextSibling) {
            if (child.isElement()) {
                elements.add(child);
                sorted &= previous == null || BY_INDEX.compare(previous, child) < 0;
                previous = child;
            }
        }
        if (!sorted) {
            elements.sort(BY_INDEX);
        }
        return elements;
    }

    Node<V> copy() {
        Node<V> copy = new Node<>(name, index);
        copy.key = key;
        copy.value = value;
        for (Node<V> child = firstChild; child != null; child = child.nextSibling) {
            copy.append(child.copy());
        }
        return copy;
    }

    private void append(Node<V> child) {
        if (lastChild == null) {
            firstChild = child;
        } else {
            lastChild.nextSibling = child;
        }
        lastChild = child;
        childCount++;
        hasIndexChild |= child.index;
        if (childrenByName != null) {
            childrenByName.put(child.name, child);
        } else if (childCount > SCANNED_CHILDREN) {
            childrenByName = indexChildren();
        }
    }

    private Map<String, Node<V>> indexChildren() {
        Map<String, Node<V>> byName = new HashMap<>();
        for (Node<V> child = firstChild; child != null; child = child.nextSibling) {
            byName.put(child.name, child);
        }
        return byName;
    }
}
