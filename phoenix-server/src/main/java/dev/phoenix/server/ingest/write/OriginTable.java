package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.Origin;

/** Where origins are stored, and how a span refers to them. */
enum OriginTable {
    RESOURCES("resources") {
        @Override
        Origin of(DecodedSpan.Payload payload) {
            return payload.resource();
        }
    },
    SCOPES("scopes") {
        @Override
        Origin of(DecodedSpan.Payload payload) {
            return payload.scope();
        }
    };

    private final String tableName;

    OriginTable(String tableName) {
        this.tableName = tableName;
    }

    /** Also the name of its keys. */
    String tableName() {
        return tableName;
    }

    abstract Origin of(DecodedSpan.Payload payload);
}
