package dev.phoenix.server.secret;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.Secret;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * What stands in answers for a secret: a mark, its end if it is long, and itself, encrypted.
 * Clients send it back to say that nothing changed.
 */
@Component
class Redaction {

    private static final String SALT = "phoenix-redaction-2a7f1d9b4e6c8a0f2d3b5c7e9a1f4b6d";
    private static final String MARK = "\uE000";
    private static final String PREFIX = MARK + "REDACTED" + MARK;
    private static final int SHORTEST_SHOWN = 32;
    private static final int SHOWN = 4;

    private final DerivedKey key;
    private final InstantSource clock;

    Redaction(AuthSettings settings, InstantSource clock) {
        this.key = new DerivedKey(settings.secret().orElse(Secret.of("")), SALT);
        this.clock = clock;
    }

    String redact(String plaintext) {
        if (plaintext.isEmpty()) {
            return plaintext;
        }
        return PREFIX + end(plaintext) + MARK + key.key().encrypt(plaintext, clock.instant());
    }

    /** Anything but a redacted value is meant as it is. */
    String restore(String value) {
        if (!value.startsWith(PREFIX)) {
            return value;
        }
        String token = value.substring(value.lastIndexOf(MARK) + 1);
        return key.key()
                .decrypt(token)
                .orElseThrow(
                        () ->
                                ApiException.badRequest(
                                        "a redacted value must be sent back as it was received; send the secret itself to change it"));
    }

    private static String end(String plaintext) {
        int length = plaintext.codePointCount(0, plaintext.length());
        return length < SHORTEST_SHOWN
                ? ""
                : plaintext.substring(plaintext.offsetByCodePoints(plaintext.length(), -SHOWN));
    }
}
