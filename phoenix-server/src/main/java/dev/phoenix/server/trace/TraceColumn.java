package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.WireEnum;
import org.jooq.Field;

/** What traces can be sorted by. */
enum TraceColumn implements WireEnum {
    START_TIME("startTime", TRACES.START_NS, SortKey.DATETIME),
    LATENCY_MS("latencyMs", TRACES.END_NS.minus(TRACES.START_NS), SortKey.FLOAT);

    private final String wireName;
    private final Field<Long> value;
    private final SortKey kind;

    TraceColumn(String wireName, Field<Long> value, SortKey kind) {
        this.wireName = wireName;
        this.value = value;
        this.kind = kind;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    Keyset<Long> keyset(SortDirection direction) {
        return new Keyset<>(value, TRACES.ID, kind, direction.descending());
    }
}
