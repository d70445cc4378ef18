package dev.phoenix.server.settings;

import java.nio.charset.StandardCharsets;

/** A value that never shows in a log, an exception or a dump of its owner. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    public String reveal() {
        return value;
    }

    /**
     * A key that is slow to make of the value: PBKDF2 with HMAC-SHA256.
     *
     * @param rounds what guessing it costs; 600,000 are a part of a second
     */
    public byte[] derive(byte[] salt, int rounds, int bytes) {
        return Pbkdf2.derive(value.getBytes(StandardCharsets.UTF_8), salt, rounds, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "********";
    }
}
