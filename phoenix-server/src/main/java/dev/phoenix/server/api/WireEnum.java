package dev.phoenix.server.api;

import com.fasterxml.jackson.annotation.JsonValue;

/** An enum whose names on the wire differ from its constants. */
public interface WireEnum {

    @JsonValue
    String wireName();
}
