package dev.phoenix.server.secret;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Encrypts with {@code PHOENIX_SECRET}, and reads what was encrypted with it, with one of those
 * before it, or with none at all, as the reference allows.
 */
@Component
class Encryption {

    private static final String SALT =
            "phoenix-database-encryption-a5d354120d50240ac80b74f56d09b363";

    private final Optional<DerivedKey> current;
    private final List<DerivedKey> earlier;
    private final InstantSource clock;

    Encryption(AuthSettings settings, InstantSource clock) {
        this.current = settings.secret().map(secret -> new DerivedKey(secret, SALT));
        this.earlier =
                Stream.concat(settings.previousSecrets().stream(), Stream.of(Secret.of("")))
                        .map(secret -> new DerivedKey(secret, SALT))
                        .toList();
        this.clock = clock;
    }

    boolean isPossible() {
        return current.isPresent();
    }

    String encrypt(String plaintext) {
        return current.orElseThrow(
                        () ->
                                new ApiException(
                                        HttpStatus.SERVICE_UNAVAILABLE,
                                        "secrets can be stored only where PHOENIX_SECRET is set, because it encrypts them; set it and start the server again"))
                .key()
                .encrypt(plaintext, clock.instant());
    }

    boolean isCurrent(String token) {
        return current.flatMap(key -> key.key().decrypt(token)).isPresent();
    }

    /** Empty if no known secret opens it. */
    Optional<String> decrypt(String token) {
        return Stream.concat(current.stream(), earlier.stream())
                .flatMap(key -> key.key().decrypt(token).stream())
                .findFirst();
    }
}
