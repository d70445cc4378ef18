package dev.phoenix.server.auth.account;

/**
 * What is kept of a password.
 *
 * @param scheme how it was made, such as {@code pbkdf2-sha256:600000}
 */
@SuppressWarnings("ArrayRecordComponent")
public record PasswordHash(String scheme, byte[] salt, byte[] hash) {

    @Override
    public String toString() {
        return scheme;
    }
}
