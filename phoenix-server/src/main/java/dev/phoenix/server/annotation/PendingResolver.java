package dev.phoenix.server.annotation;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.settings.ApiSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * Looks for what annotations wait for. Writers of spans only set a flag, and only while something
 * waits does anybody look.
 */
@Component
class PendingResolver extends BackgroundWorker {

    /** At most a sixth of the time goes into looking, however much waits. */
    private static final Pacing PACING = new Pacing(Duration.ofMillis(200), 5);

    /** While something waits, in case word of a commit got lost. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    /** Another server may have stopped and left annotations behind. */
    private static final Duration IDLE_CHECK = Duration.ofSeconds(30);

    private final PendingPass pass;
    private final WaitingRoom room;
    private final InstantSource clock;
    private final boolean enabled;
    private boolean extended;

    PendingResolver(
            PendingPass pass,
            WaitingRoom room,
            ProjectChanges changes,
            ApiSettings settings,
            InstantSource clock) {
        super("pending-annotations", PACING);
        this.pass = pass;
        this.room = room;
        this.clock = clock;
        this.enabled = !settings.readOnly();
        changes.onChange(this::lookIfSomethingWaits);
    }

    private void lookIfSomethingWaits() {
        if (!room.isEmpty()) {
            wake();
        }
    }

    /** Something was told to wait. */
    void lookSoon() {
        wake();
    }

    @Override
    protected Duration pass() {
        if (!extended) {
            // What waited while no server was there to take its span gets its time.
            pass.extend(Nanos.of(clock.instant()));
            extended = true;
        }
        pass.run(Nanos.of(clock.instant()));
        return room.isEmpty() ? IDLE_CHECK : CHECK;
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }
}
