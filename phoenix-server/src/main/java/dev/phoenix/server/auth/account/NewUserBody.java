package dev.phoenix.server.auth.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.InvalidBody;
import dev.phoenix.server.api.StrictJson;
import dev.phoenix.server.api.ValidationError;
import dev.phoenix.server.auth.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body that creates a user, as documented and as read. */
final class NewUserBody {

    private final JsonNode user;
    private final List<ValidationError> errors = new ArrayList<>();

    private NewUserBody(JsonNode user) {
        this.user = user;
    }

    @Schema(name = "CreateUserRequestBody", requiredProperties = "user")
    record Documented(
            @Schema(oneOf = {LocalUserData.class, OAuth2UserData.class, LdapUserData.class})
                    Object user,
            @JsonProperty("send_welcome_email") boolean sendWelcomeEmail) {}

    @Schema(
            name = "LocalUserData",
            requiredProperties = {"email", "username", "role", "auth_method"})
    record LocalUserData(
            String email,
            String username,
            String role,
            @JsonProperty("auth_method") String authMethod,
            @Nullable String password) {}

    @Schema(
            name = "OAuth2UserData",
            requiredProperties = {"email", "username", "role", "auth_method"})
    record OAuth2UserData(
            String email,
            String username,
            String role,
            @JsonProperty("auth_method") String authMethod,
            @JsonProperty("oauth2_client_id") @Nullable String oauth2ClientId,
            @JsonProperty("oauth2_user_id") @Nullable String oauth2UserId) {}

    @Schema(
            name = "LDAPUserData",
            requiredProperties = {"email", "username", "role", "auth_method"})
    record LdapUserData(
            String email,
            String username,
            String role,
            @JsonProperty("auth_method") String authMethod) {}

    static UserAdministration.Wanted read(JsonNode body) {
        return new NewUserBody(body.path("user")).wanted();
    }

    private UserAdministration.Wanted wanted() {
        if (!user.isObject()) {
            throw new InvalidBody(
                    List.of(
                            ValidationError.of(
                                    "missing", List.of("body", "user"), "Field required")));
        }
        String method = constant("auth_method", List.of("LOCAL", "OAUTH2", "LDAP"));
        String role = constant("role", List.of("SYSTEM", "ADMIN", "MEMBER", "VIEWER"));
        String username = required("username");
        String email = required("email");
        boolean local = method.equals(AuthMethod.LOCAL.name());
        boolean oauth2 = method.equals(AuthMethod.OAUTH2.name());
        String password = optional("password");
        if (password != null && !local) {
            refuse("value_error", "password", "only LOCAL users have a password here");
        }
        if (!errors.isEmpty()) {
            throw new InvalidBody(errors);
        }
        return new UserAdministration.Wanted(
                AuthMethod.valueOf(method),
                Role.valueOf(role),
                username,
                email,
                password,
                oauth2 ? optional("oauth2_client_id") : null,
                oauth2 ? optional("oauth2_user_id") : null);
    }

    private String constant(String name, List<String> values) {
        JsonNode value = user.path(name);
        if (value.isMissingNode()) {
            refuse("missing", name, "Field required");
        } else if (!value.isString() || !values.contains(value.asString())) {
            // SYSTEM is known, but nobody gets it.
            String choices = String.join(", ", values).replace("SYSTEM, ", "");
            String given = value.toString();
            refuse(
                    "literal_error",
                    name,
                    "Input should be one of %s, was %s"
                            .formatted(choices, given.substring(0, Math.min(50, given.length()))));
        }
        return value.asString("");
    }

    private String required(String name) {
        JsonNode value = user.path(name);
        if (value.isMissingNode()) {
            refuse("missing", name, "Field required");
        } else if (!value.isString()) {
            refuse("string_type", name, "Input should be a valid string");
        }
        return value.asString("");
    }

    private @Nullable String optional(String name) {
        Optional<String> text = StrictJson.text(user, name);
        JsonNode value = user.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isString()) {
            refuse("string_type", name, "Input should be a valid string");
        }
        return text.orElse(null);
    }

    private void refuse(String type, String name, String message) {
        errors.add(ValidationError.of(type, List.of("body", "user", name), message));
    }
}
