package dev.phoenix.server.annotation.config;

import dev.phoenix.server.api.GlobalId;

/** A definition as it is stored. */
record AnnotationConfig(long key, Definition definition) {

    static String id(AnnotationType type, long key) {
        return GlobalId.encode(type.node(), key);
    }

    String id() {
        return id(definition.type(), key);
    }
}
