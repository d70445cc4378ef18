package dev.phoenix.server.session;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;

import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.api.WireEnum;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** What sessions can be sorted by. */
enum SessionColumn implements WireEnum {
    START_TIME("startTime", PROJECT_SESSIONS.START_NS, SortKey.DATETIME),
    END_TIME("endTime", PROJECT_SESSIONS.END_NS, SortKey.DATETIME),
    TOKENS(
            "tokenCountTotal",
            PROJECT_SESSIONS.PROMPT_TOKENS.plus(PROJECT_SESSIONS.COMPLETION_TOKENS),
            SortKey.INTEGER),
    NUM_TRACES("numTraces", PROJECT_SESSIONS.TRACE_COUNT, SortKey.INTEGER),
    COST("costTotal", PROJECT_SESSIONS.COST, SortKey.NUMBER);

    static final Field<Long> KEY = PROJECT_SESSIONS.ID;

    private final String wireName;
    private final Field<? extends Number> value;
    private final SortKey kind;

    SessionColumn(String wireName, Field<? extends Number> value, SortKey kind) {
        this.wireName = wireName;
        this.value = value;
        this.kind = kind;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    /** In the order they were first seen, unless there is a column. */
    static Keyset<?> keyset(@Nullable SessionColumn column, SortDirection direction) {
        return column == null
                ? new Keyset<>(
                        PROJECT_SESSIONS.ID,
                        PROJECT_SESSIONS.ID,
                        SortKey.INTEGER,
                        direction.descending())
                : new Keyset<>(
                        column.value, PROJECT_SESSIONS.ID, column.kind, direction.descending());
    }
}
