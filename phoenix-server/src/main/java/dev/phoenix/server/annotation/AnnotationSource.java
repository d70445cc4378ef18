package dev.phoenix.server.annotation;

import dev.phoenix.server.api.WireEnum;

/** Which way an annotation came in: from a program or from the web interface. */
enum AnnotationSource implements WireEnum {
    API,
    APP;

    @Override
    public String wireName() {
        return name();
    }
}
