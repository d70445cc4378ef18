package dev.phoenix.server.ingest.removal;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.removal.Identifiers.Found;
import dev.phoenix.server.ingest.write.SharedCallsException;
import dev.phoenix.server.ingest.write.StoredTraces;
import dev.phoenix.server.project.ProjectChanges;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Deletes traces, spans and sessions that people name. */
@Service
class TraceRemovals {

    /** Few enough for one transaction. */
    private static final int FEW_TRACES = 200;

    private final Database database;
    private final Identifiers identifiers;
    private final StoredTraces stored;
    private final TraceJobs jobs;
    private final JobEnd ends;
    private final ProjectChanges changes;
    private final AuditLog audit;
    private final InstantSource clock;

    TraceRemovals(
            Database database,
            Identifiers identifiers,
            StoredTraces stored,
            TraceJobs jobs,
            JobEnd ends,
            ProjectChanges changes,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.identifiers = identifiers;
        this.stored = stored;
        this.jobs = jobs;
        this.ends = ends;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    void traces(Collection<String> given, Caller caller) {
        List<Found> traces = identifiers.traces(given);
        var event =
                caller.did(
                        "trace.delete",
                        traces.size() == 1 ? given.iterator().next() : traces.size() + " traces",
                        Map.of("spans", Long.toString(spans(traces))));
        delete(traces, event);
        traces.stream()
                .map(Found::projectKey)
                .distinct()
                .forEach(project -> changes.changed(project, clock.instant()));
    }

    private static long spans(List<Found> traces) {
        return traces.stream().mapToLong(Found::spanCount).sum();
    }

    /** Few at once, and many by one job. */
    private void delete(List<Found> traces, AuditEvent event) {
        List<Long> keys = traces.stream().map(Found::key).toList();
        boolean atOnce =
                spans(traces) <= StoredTraces.MOST_SPANS
                        && keys.size() <= FEW_TRACES
                        && deleteAtOnce(keys, event);
        if (!atOnce) {
            long job = jobs.nextKey();
            database.transaction(
                    transaction -> {
                        jobs.list(transaction, job, keys, null);
                        audit.record(transaction, event);
                        return job;
                    });
            ends.await(List.of(job));
        }
    }

    /**
     * @return whether it could be done; if not, nothing or a part of it was
     */
    private boolean deleteAtOnce(List<Long> keys, AuditEvent event) {
        try {
            return database.replaying(
                    transaction -> {
                        var portion = stored.delete(transaction, keys);
                        if (portion.traces() < keys.size()) {
                            // More spans came meanwhile, or somebody was faster.
                            return false;
                        }
                        audit.record(transaction, event);
                        return true;
                    });
        } catch (SharedCallsException e) {
            return false;
        }
    }

    void span(String identifier, Caller caller) {
        long key = identifiers.span(identifier);
        var event = caller.did("span.delete", identifier, Map.of());
        long project =
                stored.deleteSpan(key, transaction -> audit.record(transaction, event))
                        .orElseThrow(
                                () ->
                                        ApiException.notFound(
                                                "there is no Span with the id " + identifier));
        changes.changed(project, clock.instant());
    }

    /** All their traces, and the sessions with them. */
    void sessions(Collection<Long> keys, String named, Caller caller) {
        Set<Long> projects = identifiers.projectsOfSessions(keys);
        var event = caller.did("session.delete", named, Map.of());
        List<Found> traces = identifiers.tracesOfSessions(keys);
        if (traces.isEmpty() || traces.size() > Identifiers.MOST_TRACES) {
            deleteEach(keys, event);
        } else {
            delete(traces, event);
        }
        projects.forEach(project -> changes.changed(project, clock.instant()));
    }

    private void deleteEach(Collection<Long> sessions, AuditEvent event) {
        List<Long> created = new ArrayList<>();
        sessions.forEach(_ -> created.add(jobs.nextKey()));
        database.transaction(
                transaction -> {
                    int next = 0;
                    for (long session : sessions) {
                        jobs.session(transaction, created.get(next++), session);
                    }
                    audit.record(transaction, event);
                    return next;
                });
        ends.await(created);
    }
}
