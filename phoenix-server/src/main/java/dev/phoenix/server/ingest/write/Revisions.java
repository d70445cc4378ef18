package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.ingest.write.TraceRevision.MoreTracesException;
import dev.phoenix.server.project.ProjectChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.springframework.stereotype.Component;

/**
 * Changes stored spans, and with them in one transaction everything that is kept about their
 * traces: what counts and what repeats another span, cumulative values, sums of traces and
 * sessions, time buckets.
 */
@Component
public class Revisions {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Database database;
    private final KeyAllocator keys;
    private final ProjectChanges projectChanges;
    private final InstantSource clock;
    private final SqlText sql;
    private final SessionRows sessionRows;
    private final RollupRows rollupRows;

    Revisions(
            Database database,
            KeyAllocator keys,
            ProjectChanges projectChanges,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.projectChanges = projectChanges;
        this.clock = clock;
        this.sql = SqlText.of(database.engine());
        this.sessionRows = new SessionRows(sql);
        this.rollupRows = new RollupRows(sql);
    }

    /**
     * Changes spans of the traces: their columns, payloads and costs, or whether they are there. A
     * trace without spans is deleted. The change may run more than once, each time in a transaction
     * of its own, and none of it stays unless all of it does.
     */
    public <T> T revise(Set<Long> traceKeys, Database.Work<T> change) throws SQLException {
        return revise(traceKeys, change, true);
    }

    private <T> T revise(Set<Long> traceKeys, Database.Work<T> change, boolean changes)
            throws SQLException {
        Set<Long> more = new TreeSet<>();
        for (int attempt = 0; ; ) {
            try {
                long firstSession =
                        keys.reserve("project_sessions", traceKeys.size() + more.size());
                Revised<T> revised =
                        database.write(
                                connection ->
                                        revise(
                                                connection,
                                                traceKeys,
                                                more,
                                                change,
                                                changes,
                                                firstSession));
                revised.projects.forEach(
                        project -> projectChanges.changed(project, clock.instant()));
                return revised.result;
            } catch (MoreTracesException e) {
                more.addAll(e.traceKeys());
            } catch (SQLException e) {
                if (attempt >= SqlFailure.of(e).replays()) {
                    throw e;
                }
                pause(attempt++);
            }
        }
    }

    private <T> Revised<T> revise(
            Connection connection,
            Set<Long> traceKeys,
            Set<Long> more,
            Database.Work<T> change,
            boolean changes,
            long firstSession)
            throws SQLException {
        sql.begin(connection);
        sql.lockRevisions(connection);
        TraceRevision revision = TraceRevision.begin(sql, connection, traceKeys, more);
        T result = change.in(connection);
        revision.finish(changes, sessionRows, rollupRows, firstSession);
        Set<Long> projects = new TreeSet<>();
        revision.traces().forEach(trace -> projects.add(trace.before().projectKey()));
        return new Revised<>(result, projects);
    }

    /** Decides anew what counts in the traces, whose spans stay as they are. */
    void settle(Set<Long> traceKeys) throws SQLException {
        revise(traceKeys, connection -> true, false);
    }

    private static void pause(int attempt) {
        long nanos = PAUSE.toNanos() << attempt;
        LockSupport.parkNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos));
    }

    private record Revised<T>(T result, Set<Long> projects) {}
}
