package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.write.SharedCalls.Role;
import dev.phoenix.server.ingest.write.SqlText.Call;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Within one transaction: remembers some traces as they are, lets their spans be changed, and makes
 * everything that is kept about them what it would be if the spans had come as they are now.
 */
final class TraceRevision {

    private final SqlText sql;
    private final Connection connection;
    private final RevisedRows rows;
    private final Map<Long, RevisedTrace> traces = new LinkedHashMap<>();

    private TraceRevision(SqlText sql, Connection connection) {
        this.sql = sql;
        this.connection = connection;
        this.rows = new RevisedRows(sql, connection);
    }

    /**
     * Locks the traces in the order of their ids, as ingestion does.
     *
     * @param asked what is to be revised
     * @param more traces whose spans report the same calls
     */
    static TraceRevision begin(SqlText sql, Connection connection, Set<Long> asked, Set<Long> more)
            throws SQLException {
        TraceRevision revision = new TraceRevision(sql, connection);
        Set<Long> keys = new TreeSet<>(asked);
        keys.addAll(more);
        revision.lock(keys, asked);
        return revision;
    }

    private void lock(Set<Long> keys, Set<Long> asked) throws SQLException {
        List<String> traceIds = new ArrayList<>();
        List<StoredTrace> locked = new ArrayList<>();
        String query =
                """
                SELECT id, trace_id, project_id, session_key, start_ns, end_ns,
                    error_count, prompt_tokens, completion_tokens, sums_deferred,
                    shares_calls, span_count, prompt_cost + completion_cost
                FROM traces WHERE id %s ORDER BY trace_id %s\
                """
                        .formatted(sql.in(), sql.lockingRows());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, List.copyOf(keys));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    traceIds.add(row.getString(2));
                    locked.add(TraceRows.stored(row));
                }
            }
        }
        Map<Long, List<RevisedSpan>> spans = rows.spans(keys);
        Map<Long, RevisedCosts> costs = rows.costs(keys);
        for (int i = 0; i < locked.size(); i++) {
            long key = locked.get(i).key();
            traces.put(
                    key,
                    new RevisedTrace(
                            traceIds.get(i),
                            locked.get(i),
                            spans.getOrDefault(key, List.of()),
                            costs.getOrDefault(key, RevisedCosts.NONE).inSession(),
                            asked.contains(key)));
        }
    }

    /** Those that are there. */
    Collection<RevisedTrace> traces() {
        return traces.values();
    }

    /**
     * Writes what follows from the spans as they are now.
     *
     * @param changed whether they may be others than at the beginning
     * @param firstSession keys for new sessions, as many as there are traces
     * @throws MoreTracesException if other traces have to do with it; nothing was written
     */
    void finish(boolean changed, SessionRows sessions, RollupRows rollups, long firstSession)
            throws SQLException {
        if (changed) {
            load();
        } else {
            traces.values().forEach(trace -> trace.becomes(trace.spansBefore()));
        }
        if (sessions.attachRevised(connection, traces.values(), firstSession)) {
            rows.storeSessionKeys(traces.values());
            load();
        }
        decide();
        rows.store(traces.values());
        sessions.revise(connection, traces.values());
        rollups.store(connection, RollupChanges.ofRevised(traces.values()));
    }

    private void load() throws SQLException {
        Map<Long, List<RevisedSpan>> spans = rows.spans(traces.keySet());
        traces.forEach((key, trace) -> trace.becomes(spans.getOrDefault(key, List.of())));
    }

    private void decide() throws SQLException {
        Set<Call> calls =
                traces.values().stream()
                        .filter(RevisedTrace::isAsked)
                        .flatMap(RevisedTrace::allSpans)
                        .map(SharedCalls::callOf)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        CallRows callRows = new CallRows(sql);
        Map<Call, List<RevisedSpan>> reports = new HashMap<>();
        for (RevisedSpan span : callRows.reports(connection, calls)) {
            Call call = new Call(Objects.requireNonNull(span.callHash()), span.projectKey());
            reports.computeIfAbsent(call, any -> new ArrayList<>()).add(span);
        }
        Set<Call> overused =
                reports.entrySet().stream()
                        .filter(entry -> entry.getValue().size() > CallRows.MOST_REPORTS)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        List<RevisedSpan> elsewhere =
                reports.values().stream()
                        .flatMap(List::stream)
                        .filter(span -> !traces.containsKey(span.stored().traceKey()))
                        .toList();
        Set<Long> loopTools = rows.toolsOfRunningTotals(traces.values());
        traces.values().forEach(trace -> trace.hasLoopTools(loopTools));
        Map<Long, Role> roles = SharedCalls.of(traces.values(), calls, elsewhere, overused);
        requireAll(roles, elsewhere, callRows.repetitions(connection, overused));
        traces.values().forEach(trace -> trace.repeats(roles));
    }

    /** Whatever changes elsewhere must be locked like the rest. */
    private void requireAll(
            Map<Long, Role> roles, List<RevisedSpan> elsewhere, List<RevisedSpan> obsolete) {
        Set<Long> missing = new HashSet<>();
        for (RevisedSpan span : elsewhere) {
            @Nullable Role role = roles.get(span.stored().key());
            if (role != null && (role.shared() || role.repetition() != span.repetition())) {
                missing.add(span.stored().traceKey());
            }
        }
        for (RevisedSpan span : obsolete) {
            if (!traces.containsKey(span.stored().traceKey())) {
                missing.add(span.stored().traceKey());
            }
        }
        if (!missing.isEmpty()) {
            throw new MoreTracesException(missing);
        }
    }

    /** The transaction must begin again with these traces, too. */
    static final class MoreTracesException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Set<Long> traceKeys;

        MoreTracesException(Set<Long> traceKeys) {
            super("%d more traces report the same calls".formatted(traceKeys.size()));
            this.traceKeys = traceKeys;
        }

        Set<Long> traceKeys() {
            return traceKeys;
        }
    }
}
