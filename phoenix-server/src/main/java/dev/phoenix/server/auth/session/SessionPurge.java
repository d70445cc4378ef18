package dev.phoenix.server.auth.session;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.settings.AuthSettings;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Tidies up after sessions from time to time; servers on one database may all do so. */
@Component
class SessionPurge extends BackgroundWorker {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final Sessions sessions;
    private final boolean enabled;

    SessionPurge(Sessions sessions, AuthSettings settings) {
        super("session-purge", Pacing.UNLIMITED);
        this.sessions = sessions;
        this.enabled = settings.enabled();
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    protected Duration pass() {
        sessions.purge();
        return EVERY;
    }
}
