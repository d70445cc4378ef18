package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.write.SqlText.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Settles what counts where spans of a batch report calls that other spans report as well, before
 * senders are answered. Only after the commit can it be seen what other lanes and servers stored
 * meanwhile: of two that store reports of one call, the later one finds both.
 */
@Component
class SettledCalls {

    /** Larger traces are left to {@link DeferredSums}, so that a batch does not wait for them. */
    private static final int MOST_SPANS = 2000;

    /** More than the batches that all lanes of some servers may have had in hand. */
    private static final long LAST_SPANS = 30_000;

    private static final Logger log = LoggerFactory.getLogger(SettledCalls.class);

    private final Revisions revisions;
    private final KeyAllocator keys;
    private final DataSource newest;
    private final CallRows callRows;

    SettledCalls(Database database, KeyAllocator keys, Revisions revisions) {
        this.keys = keys;
        this.revisions = revisions;
        // Readers of PostgreSQL may read a replica.
        this.newest = database.engine() == Engine.SQLITE ? database.reader() : database.writer();
        this.callRows = new CallRows(SqlText.of(database.engine()));
    }

    /** Leaves to the other thread what takes long, or cannot be done now. */
    void settle(Collection<TraceChange> committed, DeferredSums deferredSums) {
        Set<Long> traces = new HashSet<>();
        Set<Long> large = new HashSet<>();
        for (TraceChange trace : committed) {
            if (trace.spanCount() > MOST_SPANS) {
                large.add(trace.key());
            }
            if (trace.sumsDeferred()) {
                traces.add(trace.key());
            }
        }
        if (traces.removeAll(large)) {
            deferredSums.sumSoon();
        }
        try {
            traces.addAll(sharingCalls(committed));
            if (traces.removeAll(large)) {
                deferredSums.settleSoon();
            }
            if (!traces.isEmpty()) {
                revisions.settle(traces);
            }
        } catch (SQLException e) {
            log.warn(
                    "Calls reported twice are counted twice for a while: SQL state {}",
                    e.getSQLState());
            deferredSums.settleSoon();
        }
    }

    /**
     * Settles what the last batches may have left: of a server that crashed, or could not reach the
     * database.
     */
    void settleLast() throws SQLException {
        Map<Call, Set<Long>> traces = new HashMap<>();
        Set<Long> unsettled = new HashSet<>();
        try (Connection connection = newest.getConnection()) {
            try (PreparedStatement select =
                    connection.prepareStatement(
                            """
                            SELECT call_hash, project_id, trace_key FROM spans
                            WHERE id >= ? AND call_hash IS NOT NULL\
                            """)) {
                select.setLong(1, keys.end("spans") - LAST_SPANS);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        traces.computeIfAbsent(
                                        new Call(rows.getLong(1), rows.getLong(2)),
                                        any -> new HashSet<>())
                                .add(rows.getLong(3));
                    }
                }
            }
            if (!traces.isEmpty()) {
                callRows.countedTwice(connection, traces.keySet())
                        .forEach(call -> unsettled.addAll(traces.getOrDefault(call, Set.of())));
            }
        }
        for (long trace : unsettled) {
            revisions.settle(Set.of(trace));
        }
    }

    private Set<Long> sharingCalls(Collection<TraceChange> committed) throws SQLException {
        Map<Call, Set<Long>> traces = new HashMap<>();
        for (TraceChange trace : committed) {
            for (DecodedSpan span : trace.spans()) {
                Long hash = span.columns().callHash();
                if (hash != null) {
                    traces.computeIfAbsent(
                                    new Call(hash, trace.projectKey()), any -> new HashSet<>())
                            .add(trace.key());
                }
            }
        }
        Set<Long> sharing = new HashSet<>();
        if (!traces.isEmpty()) {
            try (Connection connection = newest.getConnection()) {
                callRows.shared(connection, traces.keySet())
                        .forEach(call -> sharing.addAll(traces.getOrDefault(call, Set.of())));
            }
        }
        return sharing;
    }
}
