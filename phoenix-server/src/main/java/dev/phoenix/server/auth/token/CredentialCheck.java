package dev.phoenix.server.auth.token;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.settings.AuthSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Learns what other servers revoked, and writes when keys were used. */
@Component
class CredentialCheck extends BackgroundWorker {

    private static final Duration EVERY = Duration.ofSeconds(2);

    private final CredentialCache credentials;
    private final KeyUse keyUse;
    private final InstantSource clock;
    private final boolean enabled;

    CredentialCheck(
            CredentialCache credentials,
            KeyUse keyUse,
            InstantSource clock,
            AuthSettings settings) {
        super("credential-check", Pacing.UNLIMITED);
        this.credentials = credentials;
        this.keyUse = keyUse;
        this.clock = clock;
        this.enabled = settings.enabled();
    }

    @Override
    public boolean isAutoStartup() {
        return enabled;
    }

    @Override
    protected Duration pass() {
        credentials.check();
        keyUse.writeIfDue(clock.instant());
        return EVERY;
    }

    @Override
    protected void lastPass() {
        keyUse.write(clock.instant());
    }
}
