package dev.phoenix.server.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether callers must say who they are, and what they can always prove it with.
 *
 * @param secret signs tokens; there whenever authentication is on
 * @param previousSecrets accepted for what was signed before the secret changed
 * @param adminSecret a bearer token with the rights of an admin
 * @param admins created at every start unless they exist
 * @param ldap whether people can log in through a directory
 * @param oauth2 whether people can log in through an identity provider
 */
public record AuthSettings(
        boolean enabled,
        Optional<Secret> secret,
        List<Secret> previousSecrets,
        Optional<Secret> adminSecret,
        List<InitialAdmin> admins,
        boolean ldap,
        boolean oauth2) {

    private static final Pattern IDENTITY_PROVIDER =
            Pattern.compile("(?i)PHOENIX_OAUTH2_\\w+_OIDC_CONFIG_URL");
    private static final Pattern DIRECTORY = Pattern.compile("PHOENIX_LDAP_HOST");

    /** A person named in {@code PHOENIX_ADMINS}. */
    public record InitialAdmin(String username, String email) {}

    static AuthSettings read(SettingsReader reader) {
        Optional<Secret> secret = secret(reader, "PHOENIX_SECRET");
        Optional<Secret> adminSecret = secret(reader, "PHOENIX_ADMIN_SECRET");
        boolean enabled = reader.flag("PHOENIX_ENABLE_AUTH", false);
        if (enabled && secret.isEmpty()) {
            throw new SettingsException(
                    "PHOENIX_SECRET must be set when PHOENIX_ENABLE_AUTH is TRUE, because it signs"
                            + " every token: set it to at least 32 random characters, such as the"
                            + " output of openssl rand -hex 32.");
        }
        if (adminSecret.isPresent() && (secret.isEmpty() || adminSecret.equals(secret))) {
            throw new SettingsException(
                    "PHOENIX_ADMIN_SECRET needs a PHOENIX_SECRET that differs from it: set both, to"
                            + " different values.");
        }
        if (adminSecret.isPresent() && !enabled) {
            throw new SettingsException(
                    "PHOENIX_ADMIN_SECRET has no meaning while PHOENIX_ENABLE_AUTH is not TRUE:"
                            + " switch authentication on or unset the secret.");
        }
        return new AuthSettings(
                enabled,
                secret,
                previousSecrets(reader),
                adminSecret,
                admins(reader),
                reader.anySet(DIRECTORY),
                reader.anySet(IDENTITY_PROVIDER));
    }

    private static Optional<Secret> secret(SettingsReader reader, String name) {
        return reader.text(name).map(value -> checkSecret(name, value));
    }

    private static List<Secret> previousSecrets(SettingsReader reader) {
        String name = "PHOENIX_PREVIOUS_SECRETS";
        return reader.text(name).stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .map(value -> checkSecret(name, value.strip()))
                .toList();
    }

    private static Secret checkSecret(String name, String value) {
        weakness(value)
                .ifPresent(
                        weakness -> {
                            throw new SettingsException(
                                    "%s must have at least 32 characters of ASCII without blanks, among them a digit and a lowercase letter, had %s: set it to the output of openssl rand -hex 32."
                                            .formatted(name, weakness));
                        });
        return Secret.of(value);
    }

    private static Optional<String> weakness(String value) {
        if (value.length() < 32) {
            return Optional.of(value.length() + " characters");
        }
        if (has(value, c -> c <= ' ' || c >= 127)) {
            return Optional.of("a blank or a character that is not ASCII");
        }
        if (!has(value, c -> c >= '0' && c <= '9')) {
            return Optional.of("no digit");
        }
        return has(value, c -> c >= 'a' && c <= 'z')
                ? Optional.empty()
                : Optional.of("no lowercase letter");
    }

    private static boolean has(String text, IntPredicate wanted) {
        return text.chars().anyMatch(wanted);
    }

    /** Entries of {@code name=email}; names may hold an equals sign, addresses not. */
    private static List<InitialAdmin> admins(SettingsReader reader) {
        List<InitialAdmin> admins = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String entry : reader.text("PHOENIX_ADMINS").orElse("").split(";")) {
            if (!entry.isBlank()) {
                InitialAdmin admin = admin(entry);
                if (!seen.add("name " + admin.username()) || !seen.add("mail " + admin.email())) {
                    throw new SettingsException(
                            "PHOENIX_ADMINS must name nobody twice, but '%s' repeats a name or an address: remove the second one."
                                    .formatted(entry.strip()));
                }
                admins.add(admin);
            }
        }
        return List.copyOf(admins);
    }

    private static InitialAdmin admin(String entry) {
        int equals = entry.lastIndexOf('=');
        String name = equals < 0 ? "" : entry.substring(0, equals).strip();
        String email = entry.substring(equals + 1).strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || !EmailAddress.is(email)) {
            throw new SettingsException(
                    "PHOENIX_ADMINS must be a list like Ann Example=ann@example.com;Bo=bo@example.com, but has '%s': correct that entry."
                            .formatted(entry.strip()));
        }
        return new InitialAdmin(name, email);
    }
}
