package dev.phoenix.server.retention;

import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.ingest.removal.Purgeable;
import dev.phoenix.server.ingest.removal.TraceRange;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a policy would purge now. */
@Service
class PurgePlans {

    private static final int PAGE = 500;
    private static final double MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

    private final Purgeable purgeable;
    private final ProjectReader projects;
    private final InstantSource clock;

    PurgePlans(Purgeable purgeable, ProjectReader projects, InstantSource clock) {
        this.purgeable = purgeable;
        this.projects = projects;
        this.clock = clock;
    }

    /** Traces of one project that have to go. */
    record Plan(Project project, TraceRange range) {}

    /** A project with nothing to purge has none. */
    List<Plan> of(ProjectTraceRetentionPolicy policy) {
        Double days = limit(policy.rule().days());
        Integer count = policy.rule().count();
        Integer newest = count == null || count == 0 ? null : count;
        if (days == null && newest == null) {
            return List.of();
        }
        Instant before =
                days == null
                        ? null
                        : clock.instant().minusMillis(Math.round(days * MILLIS_PER_DAY));
        List<Plan> plans = new ArrayList<>();
        String after = null;
        do {
            var page =
                    projects.where(
                            key -> Policies.covers(policy.key(), key),
                            ConnectionRange.first(PAGE, after));
            page.rows()
                    .forEach(
                            listed ->
                                    purgeable
                                            .range(listed.row().key(), before, newest)
                                            .ifPresent(
                                                    range ->
                                                            plans.add(
                                                                    new Plan(
                                                                            listed.row(), range))));
            after = page.next() == null ? null : page.rows().getLast().cursor();
        } while (after != null);
        return plans;
    }

    int traces(Plan plan) {
        return purgeable.count(plan.project().key(), plan.range());
    }

    private static @Nullable Double limit(@Nullable Double days) {
        return days == null || days == 0 ? null : days;
    }
}
