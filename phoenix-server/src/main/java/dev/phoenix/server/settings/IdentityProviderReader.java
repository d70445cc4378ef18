package dev.phoenix.server.settings;

import dev.phoenix.server.settings.IdentityProvider.ClientProof;
import dev.phoenix.server.settings.IdentityProvider.Groups;
import dev.phoenix.server.settings.IdentityProvider.Roles;
import io.burt.jmespath.jcf.JcfRuntime;
import io.burt.jmespath.parser.ParseException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything {@code PHOENIX_OAUTH2_<IDP>_*} of one provider, and what of it does not fit. */
final class IdentityProviderReader {

    /** What can be said about a provider. */
    static final List<String> SUFFIXES =
            List.of(
                    "CLIENT_ID",
                    "CLIENT_SECRET",
                    "OIDC_CONFIG_URL",
                    "DISPLAY_NAME",
                    "ALLOW_SIGN_UP",
                    "AUTO_LOGIN",
                    "USE_PKCE",
                    "TOKEN_ENDPOINT_AUTH_METHOD",
                    "CLIENT_ASSERTION_FILE",
                    "CLIENT_ASSERTION_FILE_ENV_VAR",
                    "SCOPES",
                    "EMAIL_ATTRIBUTE_PATH",
                    "GROUPS_ATTRIBUTE_PATH",
                    "ALLOWED_GROUPS",
                    "ROLE_ATTRIBUTE_PATH",
                    "ROLE_MAPPING",
                    "ROLE_ATTRIBUTE_STRICT",
                    "ROLE_RESYNC");

    private static final Pattern VARIABLE =
            Pattern.compile("PHOENIX_OAUTH2_(\\w+?)_(" + String.join("|", SUFFIXES) + ")");

    /** Addresses below /oauth2 that are, or will be, the server's own. */
    private static final Set<String> RESERVED =
            Set.of("authorize", "token", "revoke", "register", "consent");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private static final Map<String, String> KNOWN_NAMES =
            Map.of("aws_cognito", "AWS Cognito", "microsoft_entra_id", "Microsoft Entra ID");

    private enum Method {
        CLIENT_SECRET_BASIC,
        CLIENT_SECRET_POST,
        NONE,
        CLIENT_ASSERTION_JWT
    }

    private final SettingsReader reader;
    private final String name;
    private final String prefix;

    IdentityProviderReader(SettingsReader reader, String name) {
        this.reader = reader;
        this.name = name.toLowerCase(Locale.ROOT);
        this.prefix = "PHOENIX_OAUTH2_" + name + "_";
    }

    /** Which provider a variable is about, as it is written there. */
    static Optional<String> providerOf(String variable) {
        Matcher matcher = VARIABLE.matcher(variable);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    IdentityProvider read() {
        if (RESERVED.contains(name)) {
            throw new SettingsException(
                    "%sCLIENT_ID and its like name a provider '%s', but /oauth2/%s belongs to this server: choose another name."
                            .formatted(prefix, name, name));
        }
        boolean pkce = flag("USE_PKCE", false);
        return new IdentityProvider(
                name,
                text("DISPLAY_NAME").orElseGet(this::displayName),
                required("CLIENT_ID"),
                proof(pkce),
                discovery(),
                flag("ALLOW_SIGN_UP", true),
                flag("AUTO_LOGIN", false),
                pkce,
                scopes(),
                path("EMAIL_ATTRIBUTE_PATH").orElse("email"),
                groups(),
                roles());
    }

    private String displayName() {
        return Optional.ofNullable(KNOWN_NAMES.get(name))
                .orElseGet(
                        () ->
                                Arrays.stream(name.split("_"))
                                        .filter(word -> !word.isEmpty())
                                        .map(
                                                word ->
                                                        Character.toTitleCase(word.charAt(0))
                                                                + word.substring(1))
                                        .collect(Collectors.joining(" ")));
    }

    private URI discovery() {
        String variable = prefix + "OIDC_CONFIG_URL";
        required("OIDC_CONFIG_URL");
        URI url = reader.url(variable).orElseThrow();
        boolean encrypted = "https".equalsIgnoreCase(url.getScheme());
        if (!encrypted && !LOOPBACK.contains(url.getHost())) {
            throw new SettingsException(
                    "%s must be an https URL, because whoever answers there decides who people are, was '%s': http is for localhost alone."
                            .formatted(variable, url));
        }
        return url;
    }

    private ClientProof proof(boolean pkce) {
        Method method =
                reader.choice(prefix + "TOKEN_ENDPOINT_AUTH_METHOD", Method.CLIENT_SECRET_BASIC);
        Optional<Secret> file = assertionFile(method);
        return switch (method) {
            case CLIENT_SECRET_BASIC ->
                    new ClientProof.SecretInHeader(Secret.of(required("CLIENT_SECRET")));
            case CLIENT_SECRET_POST ->
                    new ClientProof.SecretInBody(Secret.of(required("CLIENT_SECRET")));
            case CLIENT_ASSERTION_JWT -> new ClientProof.AssertionFile(file.orElseThrow());
            case NONE -> {
                if (!pkce) {
                    throw new SettingsException(
                            "%sTOKEN_ENDPOINT_AUTH_METHOD is none, and then nothing but PKCE protects a log-in: set %sUSE_PKCE to TRUE."
                                    .formatted(prefix, prefix));
                }
                yield new ClientProof.Nothing();
            }
        };
    }

    private Optional<Secret> assertionFile(Method method) {
        Optional<String> direct = text("CLIENT_ASSERTION_FILE");
        Optional<String> variable = text("CLIENT_ASSERTION_FILE_ENV_VAR");
        boolean wanted = method == Method.CLIENT_ASSERTION_JWT;
        long set = Stream.of(direct, variable).flatMap(Optional::stream).count();
        if (set != (wanted ? 1 : 0)) {
            throw new SettingsException(
                    "%sTOKEN_ENDPOINT_AUTH_METHOD is client_assertion_jwt if and only if exactly one of %sCLIENT_ASSERTION_FILE and %sCLIENT_ASSERTION_FILE_ENV_VAR is set: correct one of them."
                            .formatted(prefix, prefix, prefix));
        }
        Optional<String> path =
                variable.isEmpty()
                        ? direct
                        : Optional.of(
                                reader.text(variable.get())
                                        .orElseThrow(() -> unsetFile(variable.get())));
        path.filter(value -> !Path.of(value).isAbsolute())
                .ifPresent(
                        _ -> {
                            throw new SettingsException(
                                    "%sCLIENT_ASSERTION_FILE, or the variable that %sCLIENT_ASSERTION_FILE_ENV_VAR names, must be an absolute path: begin it with /."
                                            .formatted(prefix, prefix));
                        });
        return path.map(Secret::of);
    }

    private SettingsException unsetFile(String variable) {
        return new SettingsException(
                "%sCLIENT_ASSERTION_FILE_ENV_VAR names %s, which is not set: set it to the path of the token's file."
                        .formatted(prefix, variable));
    }

    private List<String> scopes() {
        Stream<String> more =
                text("SCOPES").stream().flatMap(list -> Stream.of(list.split("\\s+")));
        return Stream.concat(Stream.of("openid", "email", "profile"), more).distinct().toList();
    }

    private Optional<Groups> groups() {
        Optional<String> path = path("GROUPS_ATTRIBUTE_PATH");
        List<String> allowed =
                text("ALLOWED_GROUPS").stream()
                        .flatMap(list -> Stream.of(list.split(",")))
                        .map(String::strip)
                        .filter(group -> !group.isEmpty())
                        .distinct()
                        .toList();
        if (path.isPresent() == allowed.isEmpty()) {
            throw new SettingsException(
                    "%sGROUPS_ATTRIBUTE_PATH and %sALLOWED_GROUPS belong together, only one of them is set: set both or neither."
                            .formatted(prefix, prefix));
        }
        return path.map(value -> new Groups(value, allowed));
    }

    private Optional<Roles> roles() {
        Optional<String> path = path("ROLE_ATTRIBUTE_PATH");
        Map<String, AssignableRole> mapping = mapping();
        boolean strict = flag("ROLE_ATTRIBUTE_STRICT", false);
        boolean resync = flag("ROLE_RESYNC", true);
        if (path.isEmpty() && (!mapping.isEmpty() || strict || !resync)) {
            throw new SettingsException(
                    "%sROLE_MAPPING, ROLE_ATTRIBUTE_STRICT and ROLE_RESYNC say what to make of a role, but not where it is: set %sROLE_ATTRIBUTE_PATH or unset them."
                            .formatted(prefix, prefix));
        }
        return path.map(value -> new Roles(value, mapping, strict, resync));
    }

    private Map<String, AssignableRole> mapping() {
        Map<String, AssignableRole> mapping = new LinkedHashMap<>();
        for (String entry : text("ROLE_MAPPING").orElse("").split(",")) {
            if (!entry.isBlank()) {
                int colon = entry.lastIndexOf(':');
                String theirs = entry.substring(0, Math.max(0, colon)).strip();
                Optional<AssignableRole> ours = AssignableRole.find(entry.substring(colon + 1));
                if (theirs.isEmpty() || ours.isEmpty()) {
                    throw new SettingsException(
                            "%sROLE_MAPPING must map their roles to ADMIN, MEMBER or VIEWER, like Owner:ADMIN,Staff:MEMBER, but has '%s': correct that entry."
                                    .formatted(prefix, entry.strip()));
                }
                mapping.put(theirs, ours.get());
            }
        }
        return Map.copyOf(mapping);
    }

    private Optional<String> path(String suffix) {
        Optional<String> path = text(suffix);
        path.ifPresent(value -> checkPath(suffix, value));
        return path;
    }

    private void checkPath(String suffix, String path) {
        try {
            new JcfRuntime().compile(path);
        } catch (ParseException e) {
            throw new SettingsException(
                    "%s%s must be a JMESPath expression, was '%s': put keys with special characters into double quotes, like \"cognito:groups\"."
                            .formatted(prefix, suffix, path),
                    e);
        }
    }

    private String required(String suffix) {
        return text(suffix)
                .orElseThrow(
                        () ->
                                new SettingsException(
                                        "%s%s is required for the identity provider '%s': set it, or unset the other variables of that provider."
                                                .formatted(prefix, suffix, name)));
    }

    private boolean flag(String suffix, boolean defaultValue) {
        return reader.flag(prefix + suffix, defaultValue);
    }

    private Optional<String> text(String suffix) {
        return reader.text(prefix + suffix);
    }
}
