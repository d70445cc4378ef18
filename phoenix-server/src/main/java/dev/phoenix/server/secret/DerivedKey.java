package dev.phoenix.server.secret;

import dev.phoenix.server.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A key that is made of a secret when it is first needed, which takes a part of a second. */
final class DerivedKey {

    private static final int ITERATIONS = 600_000;

    private final Secret secret;
    private final byte[] salt;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Fernet key;

    DerivedKey(Secret secret, String salt) {
        this.secret = secret;
        this.salt = salt.getBytes(StandardCharsets.US_ASCII);
    }

    Fernet key() {
        lock.lock();
        try {
            Fernet known = key;
            if (known == null) {
                known = Fernet.of(secret.derive(salt, ITERATIONS, Fernet.KEY_BYTES));
                key = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }
}
