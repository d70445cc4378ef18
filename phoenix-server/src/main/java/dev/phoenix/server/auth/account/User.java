package dev.phoenix.server.auth.account;

import dev.phoenix.server.auth.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account.
 *
 * @param email in lower case; only users of a directory may have none
 * @param passwordNeedsReset whether the web interface asks for a new password first of all
 * @param epoch grows whenever all sessions of the user end
 */
public record User(
        long id,
        Role role,
        String username,
        @Nullable String email,
        @Nullable String profilePictureUrl,
        AuthMethod authMethod,
        boolean passwordNeedsReset,
        @Nullable String oauth2ClientId,
        @Nullable String oauth2UserId,
        @Nullable String ldapUniqueId,
        long epoch,
        Instant createdAt,
        Instant updatedAt) {

    /** The name of users in global ids. */
    public static final String TYPE = "User";

    /** The admin every server starts with: known by its address, whatever its name becomes. */
    public boolean isDefaultAdmin() {
        return Bootstrap.ADMIN_EMAIL.equals(email);
    }

    public boolean isSystem() {
        return role == Role.SYSTEM;
    }
}
