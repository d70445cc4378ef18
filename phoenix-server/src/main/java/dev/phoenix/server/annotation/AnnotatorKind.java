package dev.phoenix.server.annotation;

import dev.phoenix.server.api.WireEnum;

/** Who judged. */
enum AnnotatorKind implements WireEnum {
    LLM,
    CODE,
    HUMAN;

    @Override
    public String wireName() {
        return name();
    }
}
