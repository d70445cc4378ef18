package dev.phoenix.server.auth.token;

import dev.phoenix.server.auth.Credential;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.auth.Role;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the database says about a token that opens operations.
 *
 * @param credentialId the session, or the key
 * @param expiresNs {@link Long#MAX_VALUE} for never
 * @param unusedSinceNs when a session was renewed with a token that nobody has shown yet; {@link
 *     Long#MIN_VALUE} for all others
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredCredential(
        TokenId token,
        long userId,
        String username,
        Role role,
        long credentialId,
        byte @Nullable [] hash,
        long expiresNs,
        long unusedSinceNs) {

    /** Whether nothing about it has changed. */
    boolean isStill(StoredCredential other) {
        return userId == other.userId
                && username.equals(other.username)
                && role == other.role
                && credentialId == other.credentialId
                && expiresNs == other.expiresNs
                && Arrays.equals(hash, other.hash);
    }

    Principal principal() {
        return new Principal(userId, username, role, credential(), credentialId);
    }

    private Credential credential() {
        if (token.kind() == TokenKind.ACCESS) {
            return Credential.SESSION;
        }
        return role == Role.SYSTEM ? Credential.SYSTEM_KEY : Credential.USER_KEY;
    }
}
