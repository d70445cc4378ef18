package dev.phoenix.server.api;

import org.jspecify.annotations.Nullable;

/** Finds the nodes of one GraphQL type. */
public interface NodeSource {

    /** The type in the schema and in global ids. */
    String type();

    @Nullable Object find(long key);
}
