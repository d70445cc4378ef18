package dev.phoenix.server.ingest.log;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.settings.ApiSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * Looks for the spans that events wait for. Writers of spans only set a flag, and only while
 * something waits does anybody look.
 */
@Component
class LogJoiner extends BackgroundWorker {

    /** Short, because people look at a span as soon as it is there. */
    private static final Pacing PACING = new Pacing(Duration.ofMillis(50), 2);

    /** While something waits, in case word of a commit got lost. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    /** Another server may have stopped and left events behind. */
    private static final Duration IDLE_CHECK = Duration.ofSeconds(30);

    private final LogJoin join;
    private final WaitingEvents waiting;
    private final InstantSource clock;
    private final boolean enabled;

    LogJoiner(
            LogJoin join,
            WaitingEvents waiting,
            ProjectChanges changes,
            ApiSettings settings,
            InstantSource clock) {
        super("log-events", PACING);
        this.join = join;
        this.waiting = waiting;
        this.clock = clock;
        this.enabled = !settings.readOnly();
        changes.onChange(this::lookIfSomethingWaits);
    }

    private void lookIfSomethingWaits() {
        if (!waiting.none()) {
            wake();
        }
    }

    /** Something has come that may wait. */
    void lookSoon() {
        wake();
    }

    @Override
    protected Duration pass() throws SQLException {
        join.run(Nanos.of(clock.instant()));
        return waiting.none() ? IDLE_CHECK : CHECK;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }
}
