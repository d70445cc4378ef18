package dev.phoenix.core.attribute;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of one span as a tree, built from dotted keys.
 *
 * <pre>{@code
 * AttributeTree<Object> tree = AttributeTree.<Object>builder()
 *         .put("llm.model_name", "gpt-4o")
 *         .put("llm.input_messages.0.message.role", "user")
 *         .build();
 * tree.get("llm.model_name");   // "gpt-4o"
 * tree.accept(visitor);         // {"llm":{"model_name":"gpt-4o","input_messages":[{"message":{"role":"user"}}]}}
 * }</pre>
 *
 * <p>A key is split at dots; segments are trimmed and empty ones vanish. A segment of decimal
 * digits that has another segment below it is a list index: lists come out in index order, without
 * gaps. A digit segment at the end of a key, at the root or directly below an index is a name. A
 * place that holds a value of its own is a leaf, and keys that go deeper stay dotted beside it:
 * {@code a=1, a.b=2} is {@code {"a":1,"a.b":2}}; the same happens to names beside a list. Values
 * are never looked into, also not when they are maps or lists.
 *
 * <p>The order of the puts does not change the result: the last value wins for equal keys, the key
 * that sorts last for two spellings of one place ({@code a.0} and {@code a.00}). Names come out in
 * the order in which they were first seen.
 *
 * <p>Nesting is bounded: what remains of a key after {@value #MAX_DEPTH} - 1 segments is one
 * segment, dots included. Trees are immutable and safe to share.
 *
 * @param <V> what the leaves are
 */
public final class AttributeTree<V> {

    /** How many segments of one key become levels of the tree. */
    public static final int MAX_DEPTH = 100;

    private final Node<V> root;

    private AttributeTree(Node<V> root) {
        this.root = root;
    }

    public static <V> Builder<V> builder() {
        return new Builder<>();
    }

    /**
     * The leaf at a dotted path that leads through objects only, or null where there is none, an
     * object, or a list on the way.
     */
    public @Nullable V get(String path) {
        Node<V> node = find(path);
        return node == null ? null : node.value();
    }

    /**
     * Shows the visitor what is at a dotted path that leads through objects only.
     *
     * @return whether there was something
     */
    public boolean accept(String path, AttributeVisitor<? super V> visitor) {
        Node<V> node = find(path);
        if (node == null) {
            return false;
        }
        if (node == root && node.value() == null) {
            return false;
        }
        new TreeWalk<V>(visitor).place(node);
        return true;
    }

    /** Shows the visitor the whole tree as one object. */
    public void accept(AttributeVisitor<? super V> visitor) {
        new TreeWalk<V>(visitor).root(root);
    }

    /** A copy in which the leaf replaces whatever was at the path and below it. */
    public AttributeTree<V> with(String path, V leaf) {
        Node<V> copy = root.copy();
        place(copy, path).replace(path, leaf);
        return new AttributeTree<>(copy);
    }

    private @Nullable Node<V> find(String path) {
        Segments segments = new Segments(path);
        Node<V> node = root;
        while (segments.next()) {
            if (node != root && (node.value() != null || node.isList())) {
                return null;
            }
            node = node.child(segments);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private static <V> Node<V> place(Node<V> root, String key) {
        Segments segments = new Segments(key);
        Node<V> node = root;
        while (segments.next()) {
            node = node.childOrNew(segments);
        }
        return node;
    }

    /**
     * Collects keys and values in any order. Not safe for use by several threads at once.
     *
     * @param <V> what the leaves are
     */
    public static final class Builder<V> {

        private Node<V> root = new Node<>("", false);

        private Builder() {}

        /** Puts a value under a dotted key; a null value leaves no trace. */
        public Builder<V> put(String key, @Nullable V value) {
            if (value != null) {
                place(root, key).offer(key, value);
            }
            return this;
        }

        /** The value put under this key so far, also where it will end up under a dotted name. */
        public @Nullable V get(String key) {
            Segments segments = new Segments(key);
            Node<V> node = root;
            while (node != null && segments.next()) {
                node = node.child(segments);
            }
            return node == null ? null : node.value();
        }

        /** The tree of everything put since the last build; the builder is empty afterwards. */
        public AttributeTree<V> build() {
            AttributeTree<V> tree = new AttributeTree<>(root);
            root = new Node<>("", false);
            return tree;
        }
    }
}
