package dev.phoenix.server.auth;

import dev.phoenix.server.audit.Actor;
import org.jspecify.annotations.Nullable;

/**
 * The caller of an operation.
 *
 * @param userId the user; null for those who are nobody in particular
 * @param role what the caller may do, which may be more than the user's own role
 * @param credentialId the key, or the session; 0 where there is none
 */
public record Principal(
        @Nullable Long userId, String name, Role role, Credential credential, long credentialId) {

    /** Everybody, while authentication is off: nothing is refused. */
    public static final Principal ANYBODY =
            new Principal(null, "anybody", Role.ADMIN, Credential.OFF, 0);

    /** Who shows nothing, or nothing that is valid. */
    public static final Principal STRANGER =
            new Principal(null, "Invalid token", Role.ANONYMOUS, Credential.NONE, 0);

    /** Who shows what was valid once. */
    public static final Principal EXPIRED =
            new Principal(null, "Expired token", Role.ANONYMOUS, Credential.NONE, 0);

    /** As the audit log knows the caller. */
    public Actor actor() {
        return new Actor(userId, name, credential.name());
    }

    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    /** Whether the caller is this user, and not merely somebody with the same rights. */
    public boolean is(long user) {
        return userId != null && userId == user;
    }
}
