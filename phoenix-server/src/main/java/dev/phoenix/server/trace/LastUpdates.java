package dev.phoenix.server.trace;

import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.project.ProjectChanges;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** When something of a project was stored last, also from before this server started. */
@Service
public class LastUpdates {

    private final ProjectChanges changes;
    private final ProjectTraces projects;

    LastUpdates(ProjectChanges changes, ProjectTraces projects) {
        this.changes = changes;
        this.projects = projects;
    }

    /** Null for a project without spans that nothing happened to. */
    public @Nullable Instant of(long projectKey) {
        Instant change = changes.lastChange(projectKey);
        if (change != null) {
            return change;
        }
        Long newest = projects.newestSpanNs(projectKey);
        return newest == null ? null : Timestamps.instant(newest);
    }
}
