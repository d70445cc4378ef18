package dev.phoenix.server.auth.account;

import dev.phoenix.server.auth.Role;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an account; what is null stays as it is. A new role or password ends the user's
 * sessions.
 */
public record AccountChange(
        @Nullable Role role,
        @Nullable String username,
        @Nullable String email,
        @Nullable String profilePictureUrl,
        @Nullable String oauth2ClientId,
        @Nullable String oauth2UserId,
        @Nullable String ldapUniqueId,
        @Nullable NewPassword password) {

    /**
     * @param needsReset whether its owner has to replace it
     */
    public record NewPassword(PasswordHash hash, boolean needsReset) {}

    public static final AccountChange NONE =
            new AccountChange(null, null, null, null, null, null, null, null);

    public AccountChange withRole(Role value) {
        return new AccountChange(
                value,
                username,
                email,
                profilePictureUrl,
                oauth2ClientId,
                oauth2UserId,
                ldapUniqueId,
                password);
    }

    public AccountChange withUsername(String value) {
        return new AccountChange(
                role,
                value,
                email,
                profilePictureUrl,
                oauth2ClientId,
                oauth2UserId,
                ldapUniqueId,
                password);
    }

    public AccountChange withEmail(String value) {
        return new AccountChange(
                role,
                username,
                value,
                profilePictureUrl,
                oauth2ClientId,
                oauth2UserId,
                ldapUniqueId,
                password);
    }

    public AccountChange withProfilePicture(String url) {
        return new AccountChange(
                role, username, email, url, oauth2ClientId, oauth2UserId, ldapUniqueId, password);
    }

    /** Binds the account to what an identity provider calls this person. */
    public AccountChange withOauth2(String clientId, String userId) {
        return new AccountChange(
                role, username, email, profilePictureUrl, clientId, userId, ldapUniqueId, password);
    }

    /** Binds the account to what a directory calls this person. */
    public AccountChange withLdap(String uniqueId) {
        return new AccountChange(
                role,
                username,
                email,
                profilePictureUrl,
                oauth2ClientId,
                oauth2UserId,
                uniqueId,
                password);
    }

    public AccountChange withPassword(PasswordHash hash, boolean needsReset) {
        return new AccountChange(
                role,
                username,
                email,
                profilePictureUrl,
                oauth2ClientId,
                oauth2UserId,
                ldapUniqueId,
                new NewPassword(hash, needsReset));
    }

    boolean endsSessions() {
        return role != null || password != null;
    }
}
