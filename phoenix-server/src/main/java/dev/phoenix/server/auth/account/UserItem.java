package dev.phoenix.server.auth.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.GlobalId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Users as REST tells them: one form for each way to log in. The forms have no type in common,
 * because the document would show it.
 */
final class UserItem {

    private UserItem() {}

    static Object of(User user) {
        String id = GlobalId.encode(User.TYPE, user.id());
        String email = Objects.requireNonNullElse(user.email(), "");
        return switch (user.authMethod()) {
            case LOCAL ->
                    new LocalUser(
                            id,
                            user.createdAt(),
                            user.updatedAt(),
                            email,
                            user.username(),
                            user.role().name(),
                            AuthMethod.LOCAL.name(),
                            null,
                            user.passwordNeedsReset());
            case OAUTH2 ->
                    new OAuth2User(
                            id,
                            user.createdAt(),
                            user.updatedAt(),
                            email,
                            user.username(),
                            user.role().name(),
                            AuthMethod.OAUTH2.name(),
                            user.oauth2ClientId(),
                            user.oauth2UserId(),
                            user.profilePictureUrl());
            case LDAP ->
                    new LdapUser(
                            id,
                            user.createdAt(),
                            user.updatedAt(),
                            email,
                            user.username(),
                            user.role().name(),
                            AuthMethod.LDAP.name());
        };
    }

    /**
     * @param password a member of the contract's schema that no answer has
     */
    @Schema(
            name = "LocalUser",
            requiredProperties = {
                "id",
                "created_at",
                "updated_at",
                "email",
                "username",
                "role",
                "auth_method",
                "password_needs_reset"
            })
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LocalUser(
            String id,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt,
            String email,
            String username,
            String role,
            @JsonProperty("auth_method") String authMethod,
            @Nullable String password,
            @JsonProperty("password_needs_reset") boolean passwordNeedsReset) {}

    @Schema(
            name = "OAuth2User",
            requiredProperties = {
                "id",
                "created_at",
                "updated_at",
                "email",
                "username",
                "role",
                "auth_method"
            })
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OAuth2User(
            String id,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt,
            String email,
            String username,
            String role,
            @JsonProperty("auth_method") String authMethod,
            @JsonProperty("oauth2_client_id") @Nullable String oauth2ClientId,
            @JsonProperty("oauth2_user_id") @Nullable String oauth2UserId,
            @JsonProperty("profile_picture_url") @Nullable String profilePictureUrl) {}

    @Schema(
            name = "LDAPUser",
            requiredProperties = {
                "id",
                "created_at",
                "updated_at",
                "email",
                "username",
                "role",
                "auth_method"
            })
    record LdapUser(
            String id,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt,
            String email,
            String username,
            String role,
            @JsonProperty("auth_method") String authMethod) {}

    /** Whoever calls while authentication is off. */
    @Schema(name = "AnonymousUser", requiredProperties = "auth_method")
    record AnonymousUser(@JsonProperty("auth_method") String authMethod) {

        static final AnonymousUser INSTANCE = new AnonymousUser("ANONYMOUS");
    }
}
