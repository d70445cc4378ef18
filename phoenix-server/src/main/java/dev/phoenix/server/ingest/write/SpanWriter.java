package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.ingest.IngestMetrics;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.write.OriginRegistry.OriginKeys;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.project.ProjectRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Stores a batch of spans in one transaction: which spans are new, their traces and sessions, then
 * the rows. A span whose id is known is left as it is, so that a repeated request ends in the same
 * state.
 */
@Component
class SpanWriter {

    private static final int MAX_REPLAYS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Logger log = LoggerFactory.getLogger(SpanWriter.class);

    private final Database database;
    private final KeyAllocator keys;
    private final ProjectRegistry projects;
    private final OriginRegistry origins;
    private final ProjectChanges projectChanges;
    private final IngestMetrics metrics;
    private final InstantSource clock;
    private final SqlText sql;
    private final SpanRows spanRows;
    private final TraceRows traceRows;
    private final SessionRows sessionRows;

    SpanWriter(
            Database database,
            KeyAllocator keys,
            ProjectRegistry projects,
            OriginRegistry origins,
            ProjectChanges projectChanges,
            IngestMetrics metrics,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.projects = projects;
        this.origins = origins;
        this.projectChanges = projectChanges;
        this.metrics = metrics;
        this.clock = clock;
        this.sql = SqlText.of(database.engine());
        this.spanRows = new SpanRows(sql);
        this.traceRows = new TraceRows(sql);
        this.sessionRows = new SessionRows(sql);
    }

    /**
     * Returns when the spans are committed. Where the database refuses the data itself, the batch
     * is halved until only the spans that cause it are left out.
     *
     * @throws WriteFailedException when nothing could be stored, through no fault of the spans
     */
    List<Refusal> write(List<DecodedSpan> spans) {
        try {
            writeReplaying(spans);
            return List.of();
        } catch (SQLException e) {
            if (!SqlFailure.of(e).blamesData()) {
                throw new WriteFailedException(e);
            }
            return spans.size() == 1 ? List.of(refuse(spans.getFirst(), e)) : writeHalves(spans);
        }
    }

    private List<Refusal> writeHalves(List<DecodedSpan> spans) {
        int middle = spans.size() / 2;
        List<Refusal> refusals = new ArrayList<>(write(spans.subList(0, middle)));
        for (Refusal refusal : write(spans.subList(middle, spans.size()))) {
            refusals.add(new Refusal(refusal.index() + middle, refusal.reason()));
        }
        return refusals;
    }

    private Refusal refuse(DecodedSpan span, SQLException cause) {
        metrics.spanRefused();
        log.warn(
                "Refused span {} of trace {}: SQL state {}",
                span.spanId(),
                span.traceId(),
                cause.getSQLState());
        return new Refusal(
                0,
                "span "
                        + span.spanId()
                        + " cannot be stored: the database refuses a value that it holds");
    }

    private void writeReplaying(List<DecodedSpan> spans) throws SQLException {
        for (int attempt = 0; ; attempt++) {
            try {
                writeOnce(spans);
                return;
            } catch (SQLException e) {
                if (!SqlFailure.of(e).isWorthReplaying() || attempt == MAX_REPLAYS) {
                    throw e;
                }
                projects.forget();
                pause(attempt);
            }
        }
    }

    private static void pause(int attempt) {
        long nanos = FIRST_PAUSE.toNanos() << attempt;
        LockSupport.parkNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos));
    }

    private void writeOnce(List<DecodedSpan> spans) throws SQLException {
        long started = System.nanoTime();
        Map<String, Long> projectKeys = projectKeys(spans);
        BatchKeys reserved = reserve(spans);
        OriginKeys originKeys = origins.register(spans);
        Instant now = clock.instant();
        Set<Long> changed =
                database.write(
                        connection -> {
                            sql.begin(connection);
                            Collection<TraceChange> changes = changes(connection, spans);
                            resolve(changes, projectKeys, reserved.firstTrace());
                            store(connection, changes, reserved, originKeys, now);
                            return changes.stream()
                                    .map(TraceChange::projectKey)
                                    .collect(Collectors.toSet());
                        });
        metrics.batchCommitted(System.nanoTime() - started);
        changed.forEach(project -> projectChanges.changed(project, now));
    }

    private Map<String, Long> projectKeys(List<DecodedSpan> spans) throws SQLException {
        Map<String, Long> projectKeys = new HashMap<>();
        for (DecodedSpan span : spans) {
            if (!projectKeys.containsKey(span.projectName())) {
                projectKeys.put(span.projectName(), projects.keyOf(span.projectName()));
            }
        }
        return projectKeys;
    }

    /** The traces that get new spans, by trace id, with the rows locked of those that exist. */
    private Collection<TraceChange> changes(Connection connection, List<DecodedSpan> spans)
            throws SQLException {
        Map<String, DecodedSpan> byId = new LinkedHashMap<>();
        spans.forEach(span -> byId.putIfAbsent(span.spanId(), span));
        byId.keySet().removeAll(spanRows.known(connection, byId.keySet()));
        Map<String, TraceChange> changes = new TreeMap<>();
        for (DecodedSpan span : byId.values()) {
            changes.computeIfAbsent(span.traceId(), id -> new TraceChange(span)).add(span);
        }
        if (!changes.isEmpty()) {
            traceRows.lock(connection, changes);
        }
        return changes.values();
    }

    /** Gives new traces their keys and projects; an existing trace keeps its project. */
    private static void resolve(
            Collection<TraceChange> changes, Map<String, Long> projectKeys, long firstKey) {
        long key = firstKey;
        for (TraceChange change : changes) {
            if (!change.isStored()) {
                change.createAs(
                        key++, Objects.requireNonNull(projectKeys.get(change.projectName())));
            }
        }
    }

    private void store(
            Connection connection,
            Collection<TraceChange> changes,
            BatchKeys reserved,
            OriginKeys origins,
            Instant now)
            throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        spanRows.insert(connection, changes, reserved.firstSpan(), Nanos.of(now));
        spanRows.insertPayloads(connection, changes, reserved.firstSpan(), origins);
        // Last, because lanes share sessions: whoever waits for the row waits for the commit only.
        sessionRows.store(connection, changes, reserved.firstSession());
        traceRows.store(connection, changes);
    }

    /** Keys for as many rows as the batch can need; what it does not need is never used. */
    private BatchKeys reserve(List<DecodedSpan> spans) throws SQLException {
        int traces = (int) spans.stream().map(DecodedSpan::traceId).distinct().count();
        boolean sessions = spans.stream().anyMatch(span -> span.columns().sessionId() != null);
        try {
            return new BatchKeys(
                    keys.reserve("spans", spans.size()),
                    keys.reserve("traces", traces),
                    sessions ? keys.reserve("project_sessions", traces) : 0);
        } catch (DataAccessResourceFailureException e) {
            // Replayed or reported like any other failure of the batch.
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
        }
    }

    private record BatchKeys(long firstSpan, long firstTrace, long firstSession) {}
}
