package dev.phoenix.server.auth.account;

import dev.phoenix.server.auth.Role;
import org.jspecify.annotations.Nullable;

/** An account to be created. */
public record NewUser(
        Role role,
        String username,
        @Nullable String email,
        AuthMethod authMethod,
        @Nullable PasswordHash password,
        boolean passwordNeedsReset,
        @Nullable String profilePictureUrl,
        @Nullable String oauth2ClientId,
        @Nullable String oauth2UserId,
        @Nullable String ldapUniqueId) {

    public static NewUser local(
            Role role, String username, String email, PasswordHash password, boolean needsReset) {
        return new NewUser(
                role,
                username,
                email,
                AuthMethod.LOCAL,
                password,
                needsReset,
                null,
                null,
                null,
                null);
    }

    /** The ids of the provider may be missing until the user first logs in. */
    public static NewUser oauth2(
            Role role,
            String username,
            String email,
            @Nullable String clientId,
            @Nullable String userId,
            @Nullable String profilePictureUrl) {
        return new NewUser(
                role,
                username,
                email,
                AuthMethod.OAUTH2,
                null,
                false,
                profilePictureUrl,
                clientId,
                userId,
                null);
    }

    /** At least one of the address and the directory's id. */
    public static NewUser ldap(
            Role role, String username, @Nullable String email, @Nullable String uniqueId) {
        return new NewUser(
                role, username, email, AuthMethod.LDAP, null, false, null, null, null, uniqueId);
    }
}
