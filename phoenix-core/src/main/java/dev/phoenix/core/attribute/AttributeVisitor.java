package dev.phoenix.core.attribute;

/**
 * Receives a tree in document order, the way a JSON writer is driven: {@code beginObject}, then for
 * every entry {@code name} followed by one value, one object or one array, then {@code endObject}.
 *
 * @param <V> what the leaves are; a leaf that is itself a map or a list arrives as one {@link
 *     #value}
 */
public interface AttributeVisitor<V> {

    void beginObject();

    void endObject();

    /** Starts a list; its members are objects, in index order and without gaps. */
    void beginArray();

    void endArray();

    /** The name of the entry whose value follows. */
    void name(String name);

    void value(V value);
}
