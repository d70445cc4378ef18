package dev.phoenix.server.ingest.removal;

import static dev.phoenix.server.db.jooq.Tables.PROJECTS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_ROLLUPS;
import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;
import static dev.phoenix.server.db.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;

/** What is left of a project when its traces are gone. */
final class EmptiedProject {

    private static final int MOST_BUCKETS = 2000;

    private final DSLContext transaction;
    private final long key;

    private EmptiedProject(DSLContext transaction, long key) {
        this.transaction = transaction;
        this.key = key;
    }

    /**
     * Whoever stores spans holds the project's row until they commit; after that lock nobody finds
     * the project any more.
     *
     * @return whether it is gone; else there is more to delete first
     */
    static boolean delete(DSLContext transaction, long key) {
        EmptiedProject project = new EmptiedProject(transaction, key);
        project.lock();
        if (transaction.fetchExists(TRACES, TRACES.PROJECT_ID.eq(key))
                || project.deleteBuckets() == MOST_BUCKETS) {
            return false;
        }
        project.leaveSessions();
        transaction.deleteFrom(PROJECTS).where(PROJECTS.ID.eq(key)).execute();
        return true;
    }

    private void lock() {
        if (transaction.dialect().family() == SQLDialect.POSTGRES) {
            transaction
                    .select(PROJECTS.ID)
                    .from(PROJECTS)
                    .where(PROJECTS.ID.eq(key))
                    .forUpdate()
                    .execute();
        }
    }

    private int deleteBuckets() {
        var id =
                row(PROJECT_ROLLUPS.PROJECT_ID, PROJECT_ROLLUPS.WIDTH_NS, PROJECT_ROLLUPS.START_NS);
        return transaction
                .deleteFrom(PROJECT_ROLLUPS)
                .where(
                        id.in(
                                select(
                                                PROJECT_ROLLUPS.PROJECT_ID,
                                                PROJECT_ROLLUPS.WIDTH_NS,
                                                PROJECT_ROLLUPS.START_NS)
                                        .from(PROJECT_ROLLUPS)
                                        .where(PROJECT_ROLLUPS.PROJECT_ID.eq(key))
                                        .limit(MOST_BUCKETS)))
                .execute();
    }

    /** Sessions are global: one that traces of another project joined goes to that project. */
    private void leaveSessions() {
        transaction
                .update(PROJECT_SESSIONS)
                .set(
                        PROJECT_SESSIONS.PROJECT_ID,
                        field(
                                select(TRACES.PROJECT_ID)
                                        .from(TRACES)
                                        .where(TRACES.SESSION_KEY.eq(PROJECT_SESSIONS.ID))
                                        .orderBy(TRACES.START_NS)
                                        .limit(1)))
                .where(PROJECT_SESSIONS.PROJECT_ID.eq(key), PROJECT_SESSIONS.TRACE_COUNT.gt(0L))
                .execute();
    }
}
