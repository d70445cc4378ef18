package dev.phoenix.server.secret;

import static dev.phoenix.server.db.jooq.Tables.SECRETS;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.settings.ApiSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Encrypts anew what an earlier secret encrypted, so that the earlier one can be forgotten. What no
 * secret opens stays as it is, until somebody sets it again.
 */
@Component
class SecretRotation extends BackgroundWorker {

    private static final Logger log = LoggerFactory.getLogger(SecretRotation.class);

    private static final int BATCH = 100;

    /** Another server may still run with the earlier secret. */
    private static final Duration CHECK = Duration.ofHours(1);

    private final Database database;
    private final Secrets secrets;
    private final Encryption encryption;
    private final boolean readOnly;

    SecretRotation(
            Database database, Secrets secrets, Encryption encryption, ApiSettings settings) {
        super("secret-rotation", new Pacing(Duration.ofSeconds(1), 1));
        this.database = database;
        this.secrets = secrets;
        this.encryption = encryption;
        this.readOnly = settings.readOnly();
    }

    @Override
    public boolean isAutoStartup() {
        return encryption.isPossible() && !readOnly;
    }

    @Override
    protected Duration pass() {
        int rotated = 0;
        List<StoredSecret> batch = secrets.after(0, BATCH);
        while (!batch.isEmpty()) {
            for (StoredSecret secret : batch) {
                rotated += rotate(secret) ? 1 : 0;
            }
            batch = secrets.after(batch.getLast().key(), BATCH);
        }
        if (rotated > 0) {
            log.info("encrypted {} secrets anew with the current PHOENIX_SECRET", rotated);
        }
        return CHECK;
    }

    private boolean rotate(StoredSecret secret) {
        if (encryption.isCurrent(secret.encrypted())) {
            return false;
        }
        Optional<String> plaintext = encryption.decrypt(secret.encrypted());
        if (plaintext.isEmpty()) {
            log.warn(
                    "the secret {} was encrypted with a PHOENIX_SECRET that is not known: set it again, or list the earlier one in PHOENIX_PREVIOUS_SECRETS",
                    secret.name());
            return false;
        }
        byte[] token = encryption.encrypt(plaintext.get()).getBytes(StandardCharsets.US_ASCII);
        // Somebody may have set it meanwhile.
        return database.transaction(
                        transaction ->
                                transaction
                                        .update(SECRETS)
                                        .set(SECRETS.VALUE, token)
                                        .where(SECRETS.ID.eq(secret.key()))
                                        .and(
                                                SECRETS.VALUE.eq(
                                                        secret.encrypted()
                                                                .getBytes(
                                                                        StandardCharsets.US_ASCII)))
                                        .execute())
                > 0;
    }
}
