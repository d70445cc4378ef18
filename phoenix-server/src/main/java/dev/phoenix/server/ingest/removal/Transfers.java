package dev.phoenix.server.ingest.removal;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.removal.Identifiers.Found;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectChanges;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Moves traces from one project to another. Their sessions stay where they are. */
@Service
class Transfers {

    private final Database database;
    private final Identifiers identifiers;
    private final TraceJobs jobs;
    private final JobEnd ends;
    private final ProjectChanges changes;
    private final AuditLog audit;
    private final InstantSource clock;

    Transfers(
            Database database,
            Identifiers identifiers,
            TraceJobs jobs,
            JobEnd ends,
            ProjectChanges changes,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.identifiers = identifiers;
        this.jobs = jobs;
        this.ends = ends;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @return how many traces that is
     */
    int transfer(Collection<String> given, Project destination, Caller caller) {
        List<Found> traces = identifiers.traces(given);
        List<Long> sources = traces.stream().map(Found::projectKey).distinct().toList();
        if (sources.size() > 1) {
            throw ApiException.unprocessable(
                    "the traces must belong to one project, but belong to %d; transfer those of each alone"
                            .formatted(sources.size()));
        }
        long source = sources.getFirst();
        if (source != destination.key()) {
            move(traces, source, destination, caller);
        }
        return traces.size();
    }

    private void move(List<Found> traces, long source, Project destination, Caller caller) {
        long job = jobs.nextKey();
        database.transaction(
                transaction -> {
                    jobs.list(
                            transaction,
                            job,
                            traces.stream().map(Found::key).toList(),
                            destination.key());
                    audit.record(
                            transaction,
                            caller.did(
                                    "trace.transfer",
                                    traces.size() + " traces",
                                    Map.of("from", Project.id(source), "to", destination.id())));
                    return job;
                });
        ends.await(List.of(job));
        changes.changed(source, clock.instant());
    }
}
