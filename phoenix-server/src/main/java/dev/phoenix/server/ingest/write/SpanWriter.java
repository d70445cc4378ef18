package dev.phoenix.server.ingest.write;

import dev.phoenix.server.cost.Prices;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.ingest.IngestMetrics;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.RejectionReason;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Stores a batch of spans in one transaction: which spans are new, their traces and sessions, the
 * rows, then the sums they change, those that batches meet on last. A span whose id is known is
 * left as it is, so that a repeated request ends in the same state.
 */
@Component
class SpanWriter {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

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
    private final Conflicts conflicts;
    private final CostRows costRows;
    private final TreeRows treeRows;
    private final RollupRows rollupRows;
    private final DeferredSums deferredSums;
    private final SettledCalls settledCalls;
    private final Stages stages;

    SpanWriter(
            Database database,
            KeyAllocator keys,
            ProjectRegistry projects,
            OriginRegistry origins,
            ProjectChanges projectChanges,
            Prices prices,
            IngestMetrics metrics,
            DeferredSums deferredSums,
            SettledCalls settledCalls,
            Stages stages,
            InstantSource clock) {
        this.stages = stages;
        this.deferredSums = deferredSums;
        this.settledCalls = settledCalls;
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
        this.conflicts = new Conflicts(sql);
        this.costRows = new CostRows(sql, prices);
        this.treeRows = new TreeRows(sql);
        this.rollupRows = new RollupRows(sql);
    }

    /**
     * Returns when the spans are committed. Where the database refuses the data itself, the batch
     * is halved until only the spans that cause it are left out.
     *
     * @return the spans left out, and those whose id another span has
     * @throws WriteFailedException when nothing could be stored, through no fault of the spans
     */
    List<Refusal> write(List<DecodedSpan> spans) {
        try {
            return writeReplaying(spans);
        } catch (SQLException e) {
            if (!SqlFailure.of(e).blamesData()) {
                throw new WriteFailedException(e);
            }
            return spans.size() == 1 ? List.of(refusal(e)) : writeHalves(spans);
        }
    }

    private List<Refusal> writeHalves(List<DecodedSpan> spans) {
        int middle = spans.size() / 2;
        List<Refusal> refusals = new ArrayList<>(write(spans.subList(0, middle)));
        for (Refusal refusal : write(spans.subList(middle, spans.size()))) {
            refusals.add(refusal.shifted(middle));
        }
        return refusals;
    }

    private static Refusal refusal(SQLException cause) {
        return new Refusal(
                0,
                RejectionReason.REFUSED_VALUE,
                "the database refuses a value that it holds (SQL state %s, code %d)"
                        .formatted(cause.getSQLState(), cause.getErrorCode()));
    }

    private List<Refusal> writeReplaying(List<DecodedSpan> spans) throws SQLException {
        for (int attempt = 0; ; attempt++) {
            try {
                return attempt(spans);
            } catch (SQLException e) {
                if (attempt >= SqlFailure.of(e).replays()) {
                    throw e;
                }
                projects.forget();
                pause(attempt);
            }
        }
    }

    private List<Refusal> attempt(List<DecodedSpan> spans) throws SQLException {
        try {
            return writeOnce(spans);
        } catch (DataAccessResourceFailureException e) {
            // No keys: replayed or reported like any other failure of the batch.
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e);
        }
    }

    private static void pause(int attempt) {
        long nanos = FIRST_PAUSE.toNanos() << attempt;
        LockSupport.parkNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos));
    }

    private List<Refusal> writeOnce(List<DecodedSpan> spans) throws SQLException {
        long started = System.nanoTime();
        Instant now = clock.instant();
        List<Refusal> refusals = new ArrayList<>();
        Preparation prepared = prepare(spans);
        Collection<TraceChange> committed;
        try (var transaction = stages.begin(Stage.TRANSACTION)) {
            committed =
                    database.write(
                            connection -> {
                                sql.begin(connection);
                                Changes changes = changes(connection, spans, prepared, refusals);
                                store(connection, changes, prepared, now);
                                return changes.traces();
                            });
        }
        metrics.batchCommitted(spans.size(), System.nanoTime() - started);
        tell(committed, now);
        return refusals;
    }

    private Preparation prepare(List<DecodedSpan> spans) throws SQLException {
        try (var stage = stages.begin(Stage.PREPARE)) {
            return new Preparation(
                    projects.keysOf(projectNames(spans)),
                    reserve(spans),
                    origins.register(spans),
                    costRows.price(spans));
        }
    }

    private void tell(Collection<TraceChange> committed, Instant now) {
        committed.stream()
                .map(TraceChange::projectKey)
                .distinct()
                .forEach(project -> projectChanges.changed(project, now));
        settledCalls.settle(committed, deferredSums);
    }

    private static Set<String> projectNames(List<DecodedSpan> spans) {
        return spans.stream().map(DecodedSpan::projectName).collect(Collectors.toSet());
    }

    /** The rows of traces that exist are locked. */
    private Changes changes(
            Connection connection,
            List<DecodedSpan> spans,
            Preparation prepared,
            List<Refusal> refusals)
            throws SQLException {
        try (var stage = stages.begin(Stage.LOOK_UP)) {
            Changes changes = unstored(connection, spans, prepared, refusals);
            resolve(changes.spans(), prepared.projects(), prepared.keys().firstTrace());
            return changes;
        }
    }

    private Changes unstored(
            Connection connection,
            List<DecodedSpan> spans,
            Preparation prepared,
            List<Refusal> refusals)
            throws SQLException {
        Map<String, DecodedSpan> byId = new LinkedHashMap<>();
        spans.forEach(span -> byId.putIfAbsent(span.spanId(), span));
        Set<String> known = spanRows.known(connection, byId.keySet());
        byId.keySet().removeAll(known);
        if (byId.size() < spans.size()) {
            refusals.addAll(conflicts.find(connection, spans, known));
        }
        Map<String, TraceChange> traces = new TreeMap<>();
        List<NewSpan> added = new ArrayList<>();
        long key = prepared.keys().firstSpan();
        for (DecodedSpan span : byId.values()) {
            TraceChange trace = traces.computeIfAbsent(span.traceId(), id -> new TraceChange(span));
            trace.add(span, prepared.costs().get(span));
            added.add(new NewSpan(key++, trace, span));
        }
        if (!traces.isEmpty()) {
            traceRows.lock(connection, traces);
        }
        return new Changes(traces.values(), added);
    }

    /** Gives new traces their keys and projects; an existing trace keeps its project. */
    private static void resolve(List<NewSpan> spans, Map<String, Long> projectKeys, long firstKey) {
        long key = firstKey;
        for (TraceChange trace : spans.stream().map(NewSpan::trace).distinct().toList()) {
            if (!trace.isStored()) {
                trace.createAs(key++, Objects.requireNonNull(projectKeys.get(trace.projectName())));
            }
        }
    }

    private void store(Connection connection, Changes batch, Preparation prepared, Instant now)
            throws SQLException {
        Collection<TraceChange> changes = batch.traces();
        if (changes.isEmpty()) {
            return;
        }
        try (var stage = stages.begin(Stage.LOOK_UP)) {
            treeRows.sum(connection, changes);
        }
        try (var stage = stages.begin(Stage.INSERT)) {
            spanRows.insert(connection, batch.spans(), Nanos.of(now));
            spanRows.insertPayloads(connection, batch.spans(), prepared.origins());
            costRows.insert(connection, batch.spans(), prepared.costs());
        }
        try (var stage = stages.begin(Stage.SUM)) {
            treeRows.updateAncestors(connection, changes);
            // Last, because lanes share them: whoever waits for these rows waits for the commit
            // only.
            sessionRows.attach(connection, changes, prepared.keys().firstSession());
            traceRows.store(connection, changes);
            sessionRows.update(connection, changes);
            rollupRows.store(connection, RollupChanges.of(changes));
        }
    }

    /** Keys for as many rows as the batch can need; what it does not need is never used. */
    private BatchKeys reserve(List<DecodedSpan> spans) {
        int traces = (int) spans.stream().map(DecodedSpan::traceId).distinct().count();
        boolean sessions = spans.stream().anyMatch(span -> span.columns().sessionId() != null);
        return new BatchKeys(
                keys.reserve("spans", spans.size()),
                keys.reserve("traces", traces),
                sessions ? keys.reserve("project_sessions", traces) : 0);
    }

    /**
     * What a batch adds.
     *
     * @param traces by trace id, the order in which batches meet on them
     */
    private record Changes(Collection<TraceChange> traces, List<NewSpan> spans) {}

    /** What is found or made before the transaction, which others may wait for. */
    private record Preparation(
            Map<String, Long> projects,
            BatchKeys keys,
            OriginKeys origins,
            Map<DecodedSpan, SpanCost> costs) {}

    private record BatchKeys(long firstSpan, long firstTrace, long firstSession) {}
}
