package dev.phoenix.server.session;

import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.ListOrder;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.db.LargeTables;
import dev.phoenix.server.kit.TestEngine;
import java.nio.file.Path;
import java.util.List;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lists of sessions that have indexes walk along them. */
class SessionPlansTest {

    private static final List<SessionColumn> INDEXED =
            List.of(SessionColumn.START_TIME, SessionColumn.TOKENS, SessionColumn.COST);

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void lists_walkAlongIndexes(TestEngine engine) {
        try (LargeTables tables = LargeTables.open(engine, folder)) {
            if (tables.plansWithoutFigures()) {
                assertListsWalk(tables);
            }
            tables.analyze();
            assertListsWalk(tables);
        }
    }

    private static void assertListsWalk(LargeTables tables) {
        SessionReader sessions = new SessionReader(tables.database());
        for (SessionColumn column : INDEXED) {
            for (SortDirection direction : SortDirection.values()) {
                tables.assertWalks(
                        "sessions by " + column,
                        () ->
                                sessions.ofProject(
                                        LargeTables.PROJECT,
                                        TimeRange.ALL,
                                        DSL.noCondition(),
                                        ListOrder.by(SessionColumn.keyset(column, direction)),
                                        ConnectionRange.first(100, null)));
            }
        }
        for (SortDirection direction : SortDirection.values()) {
            for (Long from : new Long[] {null, 150L}) {
                tables.assertWalks(
                        "sessions over REST",
                        () ->
                                sessions.byKey(
                                        LargeTables.PROJECT,
                                        DSL.noCondition(),
                                        direction,
                                        from,
                                        100));
            }
        }
    }
}
