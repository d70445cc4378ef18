package dev.phoenix.server.api;

import graphql.schema.DataFetchingEnvironment;
import org.jspecify.annotations.Nullable;

/** Finds the nodes of one GraphQL type. */
public interface NodeSource {

    /** The type in the schema and in global ids. */
    String type();

    @Nullable Object find(long key);

    /** The same for those who may see it; others are told that there is none, or why not. */
    default @Nullable Object find(long key, DataFetchingEnvironment environment) {
        return find(key);
    }
}
