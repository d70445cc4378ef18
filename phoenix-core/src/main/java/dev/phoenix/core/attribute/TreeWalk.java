package dev.phoenix.core.attribute;

import org.jspecify.annotations.Nullable;

/** Shows a trie to a visitor. Recursion is as deep as a key is long: at most MAX_DEPTH. */
record TreeWalk<V>(AttributeVisitor<? super V> visitor) {

    void root(Node<V> root) {
        visitor.beginObject();
        V value = root.value();
        if (value != null) {
            visitor.name("");
            visitor.value(value);
        }
        entries(root);
        visitor.endObject();
    }

    /** What stands at a place, without the keys that stay dotted beside it. */
    void place(Node<V> node) {
        V value = node.value();
        if (value != null) {
            visitor.value(value);
        } else if (node.isList()) {
            visitor.beginArray();
            for (Node<V> element : node.elements()) {
                object(element);
            }
            visitor.endArray();
        } else {
            object(node);
        }
    }

    private void object(Node<V> node) {
        visitor.beginObject();
        entries(node);
        visitor.endObject();
    }

    private void entries(Node<V> node) {
        for (Node<V> child = node.firstChild(); child != null; child = child.nextSibling()) {
            entry(child, child.name);
        }
    }

    private void entry(Node<V> node, String name) {
        visitor.name(name);
        place(node);
        if (node.value() != null) {
            beside(node, name, false);
        } else if (node.isList()) {
            beside(node, name, true);
        }
    }

    private void beside(Node<V> node, String name, boolean list) {
        for (@Nullable Node<V> child = node.firstChild();
                child != null;
                child = child.nextSibling()) {
            if (!(list && child.isElement())) {
                entry(child, name + "." + child.name);
            }
        }
    }
}
