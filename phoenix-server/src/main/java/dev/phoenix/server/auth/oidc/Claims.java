package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.auth.Role;
import dev.phoenix.server.auth.account.AccountNames;
import dev.phoenix.server.settings.AssignableRole;
import dev.phoenix.server.settings.IdentityProvider;
import dev.phoenix.server.settings.IdentityProvider.Roles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a provider says about somebody as its settings say. */
final class Claims {

    private static final int LONGEST_URL = 2048;

    private final IdentityProvider provider;
    private final ClaimPath email;
    private final Optional<ClaimPath> groups;
    private final Optional<ClaimPath> role;

    Claims(IdentityProvider provider) {
        this.provider = provider;
        this.email = new ClaimPath(provider.emailPath());
        this.groups = provider.groups().map(settings -> new ClaimPath(settings.path()));
        this.role = provider.roles().map(settings -> new ClaimPath(settings.path()));
    }

    /** Whether asking for more might tell something that is needed. */
    boolean areIncomplete(Map<String, Object> claims) {
        return Stream.of(Optional.of(email), groups, role)
                .flatMap(Optional::stream)
                .anyMatch(path -> path.values(claims).isEmpty());
    }

    /** What the signed token says wins over what was asked for later. */
    static Map<String, Object> merge(Map<String, Object> token, Map<String, Object> more) {
        Map<String, Object> merged = new HashMap<>(more);
        merged.putAll(token);
        return merged;
    }

    /** Who it is, if they may log in at all. */
    ProviderIdentity identity(Map<String, Object> claims) throws LoginFailure {
        Optional<String> id = text(claims, "sub");
        if (id.isEmpty()) {
            throw new LoginFailure(LoginError.AUTH_FAILED, "the provider did not say who it is");
        }
        Optional<String> address = email.first(claims).filter(AccountNames::isEmail);
        if (address.isEmpty()) {
            throw new LoginFailure(
                    LoginError.MISSING_EMAIL_SCOPE,
                    "there is no address at %s in the claims".formatted(provider.emailPath()));
        }
        requireAllowedGroup(claims);
        return new ProviderIdentity(
                provider.clientId(),
                id.get(),
                address.get(),
                !"false".equalsIgnoreCase(text(claims, "email_verified").orElse("")),
                text(claims, "name").flatMap(AccountNames::username),
                text(claims, "picture")
                        .filter(url -> url.startsWith("https://") && url.length() <= LONGEST_URL),
                role(claims));
    }

    private void requireAllowedGroup(Map<String, Object> claims) throws LoginFailure {
        List<String> allowed =
                provider.groups().map(IdentityProvider.Groups::allowed).orElse(List.of());
        List<String> found = groups.map(path -> path.values(claims)).orElse(List.of());
        if (groups.isPresent() && found.stream().noneMatch(allowed::contains)) {
            throw new LoginFailure(LoginError.SIGN_IN_NOT_ALLOWED, "none of the groups is allowed");
        }
    }

    private Optional<Role> role(Map<String, Object> claims) throws LoginFailure {
        if (provider.roles().isEmpty()) {
            return Optional.empty();
        }
        Roles settings = provider.roles().get();
        Optional<AssignableRole> given =
                role.flatMap(path -> path.first(claims)).flatMap(name -> role(settings, name));
        if (given.isEmpty() && settings.strict()) {
            throw new LoginFailure(
                    LoginError.SIGN_IN_NOT_ALLOWED, "the provider gives no role that is known");
        }
        return Optional.of(Role.valueOf(given.orElse(AssignableRole.VIEWER).name()));
    }

    private static Optional<AssignableRole> role(Roles settings, String name) {
        return settings.mapping().isEmpty()
                ? AssignableRole.find(name)
                : Optional.ofNullable(settings.mapping().get(name));
    }

    private static Optional<String> text(Map<String, Object> claims, String name) {
        Object value = claims.get(name);
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(value.toString().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }
}
