package dev.phoenix.server.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Logging in with a password kept here.
 *
 * @param enabled whether anybody can
 * @param strong whether new ones must be long and mixed
 * @param initialAdmin the first password of the built-in admin
 * @param maxFailures wrong ones in a row before an account is locked for a while; empty for never
 * @param resetLife how long the link in a reset mail works
 */
public record PasswordSettings(
        boolean enabled,
        boolean strong,
        Secret initialAdmin,
        OptionalInt maxFailures,
        Duration resetLife) {

    private static final String INITIAL_ADMIN = "PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD";

    static PasswordSettings read(SettingsReader reader, AuthSettings auth) {
        boolean disabled = reader.flag("PHOENIX_DISABLE_BASIC_AUTH", false);
        if (disabled && !auth.ldap() && !auth.oauth2()) {
            throw new SettingsException(
                    "PHOENIX_DISABLE_BASIC_AUTH is TRUE, but there is no other way to log in: configure an identity provider (PHOENIX_OAUTH2_...) or a directory (PHOENIX_LDAP_HOST), or unset it.");
        }
        int maxFailures =
                reader.integer(
                        "PHOENIX_BRUTE_FORCE_LOGIN_PROTECTION_MAX_ATTEMPTS", 5, 1, 1_000_000);
        boolean locks = !reader.flag("PHOENIX_DISABLE_BRUTE_FORCE_LOGIN_PROTECTION", false);
        boolean strong = reader.flag("PHOENIX_ENABLE_STRONG_PASSWORD_POLICY", false);
        Optional<Secret> initialAdmin = reader.text(INITIAL_ADMIN).map(Secret::of);
        if (auth.enabled() && !disabled) {
            initialAdmin.ifPresent(password -> check(password, strong));
        }
        return new PasswordSettings(
                !disabled,
                strong,
                initialAdmin.orElse(Secret.of("admin")),
                locks ? OptionalInt.of(maxFailures) : OptionalInt.empty(),
                reader.minutes("PHOENIX_PASSWORD_RESET_TOKEN_EXPIRY_MINUTES", 15));
    }

    private static void check(Secret password, boolean strong) {
        new PasswordRule(strong)
                .brokenBy(password)
                .ifPresent(
                        broken -> {
                            throw new SettingsException(
                                    "%s does not keep the rule%s: %s. Set it to one that does."
                                            .formatted(
                                                    INITIAL_ADMIN,
                                                    strong
                                                            ? " of PHOENIX_ENABLE_STRONG_PASSWORD_POLICY"
                                                            : "",
                                                    broken));
                        });
    }
}
