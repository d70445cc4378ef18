package dev.phoenix.server.secret;

import dev.phoenix.server.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
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
                known = derive();
                key = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Fernet derive() {
        PBEKeySpec password =
                new PBEKeySpec(
                        secret.reveal().toCharArray(),
                        salt,
                        ITERATIONS,
                        Fernet.KEY_BYTES * Byte.SIZE);
        try {
            return Fernet.of(
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(password)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2", e);
        } finally {
            password.clearPassword();
        }
    }
}
