package dev.phoenix.server.annotation.config;

import dev.phoenix.server.api.GlobalId;
import java.util.Arrays;
import java.util.OptionalLong;

/** The kinds of annotation configs. Each is a node type of its own. */
enum AnnotationType {
    CATEGORICAL("CategoricalAnnotationConfig"),
    CONTINUOUS("ContinuousAnnotationConfig"),
    FREEFORM("FreeformAnnotationConfig");

    private final String node;

    AnnotationType(String node) {
        this.node = node;
    }

    String node() {
        return node;
    }

    /** The key in an id of any of the types: a config keeps its key when its type changes. */
    static OptionalLong keyOf(String id) {
        return Arrays.stream(values())
                .map(type -> GlobalId.keyOf(type.node, id))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }
}
