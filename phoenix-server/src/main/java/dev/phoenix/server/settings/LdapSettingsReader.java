package dev.phoenix.server.settings;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.phoenix.server.settings.LdapSettings.Bind;
import dev.phoenix.server.settings.LdapSettings.ClientCertificate;
import dev.phoenix.server.settings.LdapSettings.GroupRole;
import dev.phoenix.server.settings.LdapSettings.Groups;
import dev.phoenix.server.settings.LdapSettings.Tls;
import dev.phoenix.server.settings.LdapSettings.TlsMode;
import dev.phoenix.server.settings.LdapSettings.Users;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Everything {@code PHOENIX_LDAP_*}, and what of it does not fit together. */
final class LdapSettingsReader {

    private static final Logger log = LoggerFactory.getLogger(LdapSettings.class);
    private static final String PREFIX = "PHOENIX_LDAP_";
    private static final String DEFAULT_FILTER = "(&(objectClass=user)(sAMAccountName=%s))";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<Map<String, String>>> OBJECTS =
            new TypeReference<>() {};

    private final SettingsReader reader;

    LdapSettingsReader(SettingsReader reader) {
        this.reader = reader;
    }

    Optional<LdapSettings> read() {
        return text("HOST").map(this::read);
    }

    private LdapSettings read(String hosts) {
        Tls tls = tls();
        Users users = users();
        boolean signUp = reader.flag(PREFIX + "ALLOW_SIGN_UP", true);
        if (users.email().isEmpty()) {
            checkWithoutEmail(users, signUp);
        }
        return new LdapSettings(
                hosts(hosts),
                reader.integer(PREFIX + "PORT", tls.mode() == TlsMode.LDAPS ? 636 : 389, 1, 65535),
                tls,
                bind(),
                users,
                groups(),
                roles(),
                signUp);
    }

    private static List<String> hosts(String value) {
        List<String> hosts =
                Arrays.stream(value.split(","))
                        .map(String::strip)
                        .filter(host -> !host.isEmpty())
                        .toList();
        if (hosts.isEmpty()) {
            throw wrong(
                    "HOST", "must name at least one host", value, "write it like ldap.example.com");
        }
        return hosts;
    }

    private Tls tls() {
        TlsMode mode = reader.choice(PREFIX + "TLS_MODE", TlsMode.STARTTLS);
        boolean verify = reader.flag(PREFIX + "TLS_VERIFY", true);
        Optional<Path> authorities = file("TLS_CA_CERT_FILE");
        Optional<Path> certificate = file("TLS_CLIENT_CERT_FILE");
        Optional<Path> key = file("TLS_CLIENT_KEY_FILE");
        requireBoth("TLS_CLIENT_CERT_FILE", certificate, "TLS_CLIENT_KEY_FILE", key);
        if (mode == TlsMode.NONE) {
            log.warn(
                    "{}TLS_MODE is none: passwords cross the network unencrypted, for anybody on the way to read. Use starttls or ldaps.",
                    PREFIX);
        } else if (!verify) {
            log.warn(
                    "{}TLS_VERIFY is FALSE: whoever answers in the directory's place is believed and told passwords.",
                    PREFIX);
        }
        return new Tls(
                mode,
                verify,
                authorities,
                certificate.map(path -> new ClientCertificate(path, key.orElseThrow())));
    }

    private Optional<Bind> bind() {
        Optional<String> dn = text("BIND_DN");
        Optional<String> password = text("BIND_PASSWORD");
        requireBoth("BIND_DN", dn, "BIND_PASSWORD", password);
        dn.ifPresent(value -> checkDn("BIND_DN", value));
        return dn.map(name -> new Bind(name, Secret.of(password.orElseThrow())));
    }

    private Users users() {
        String filter = text("USER_SEARCH_FILTER").orElse(DEFAULT_FILTER);
        checkFilter("USER_SEARCH_FILTER", filter);
        return new Users(
                bases("USER_SEARCH_BASE_DNS")
                        .orElseThrow(
                                () ->
                                        missing(
                                                "USER_SEARCH_BASE_DNS",
                                                "[\"ou=people,dc=example,dc=com\"]")),
                filter,
                email(),
                attribute("ATTR_DISPLAY_NAME").orElse("displayName"),
                attribute("ATTR_MEMBER_OF").orElse("memberOf"),
                attribute("ATTR_UNIQUE_ID"));
    }

    /** Unset and set to nothing are two things here. */
    private Optional<String> email() {
        Optional<String> raw = reader.raw(PREFIX + "ATTR_EMAIL");
        if (raw.isEmpty()) {
            log.warn(
                    "{}ATTR_EMAIL is not set and 'mail' is assumed, which a later version may not do: set it to mail, or to null if people have no address.",
                    PREFIX);
            return Optional.of("mail");
        }
        return attribute("ATTR_EMAIL").filter(name -> !name.equals("null"));
    }

    private void checkWithoutEmail(Users users, boolean signUp) {
        if (users.uniqueId().isEmpty()) {
            throw withoutEmail(
                    "ATTR_UNIQUE_ID tells people apart: set it, like entryUUID or objectGUID");
        }
        if (!signUp) {
            throw withoutEmail(
                    "nobody can be given an account beforehand: set ALLOW_SIGN_UP to TRUE");
        }
        if (reader.text("PHOENIX_ADMINS").isPresent()) {
            throw withoutEmail(
                    "PHOENIX_ADMINS names people by their address: unset it and map a group to ADMIN");
        }
    }

    private static SettingsException withoutEmail(String rule) {
        return new SettingsException(
                "%sATTR_EMAIL says that people have no address, and then %s, or name the attribute with the address."
                        .formatted(PREFIX, rule));
    }

    private Optional<Groups> groups() {
        Optional<List<String>> bases = bases("GROUP_SEARCH_BASE_DNS");
        Optional<String> filter = text("GROUP_SEARCH_FILTER");
        Optional<String> attribute = attribute("GROUP_SEARCH_FILTER_USER_ATTR");
        requireBoth("GROUP_SEARCH_BASE_DNS", bases, "GROUP_SEARCH_FILTER", filter);
        if (attribute.isPresent() && filter.isEmpty()) {
            throw new SettingsException(
                    "%sGROUP_SEARCH_FILTER_USER_ATTR says what to put into the filter of groups, but there is none: set %sGROUP_SEARCH_FILTER or unset it."
                            .formatted(PREFIX, PREFIX));
        }
        filter.ifPresent(value -> checkFilter("GROUP_SEARCH_FILTER", value));
        return filter.map(value -> new Groups(bases.orElseThrow(), value, attribute));
    }

    private List<GroupRole> roles() {
        String example = "[{\"group_dn\":\"cn=admins,dc=example,dc=com\",\"role\":\"ADMIN\"}]";
        String value =
                text("GROUP_ROLE_MAPPINGS")
                        .orElseThrow(() -> missing("GROUP_ROLE_MAPPINGS", example));
        List<GroupRole> roles = new ArrayList<>();
        for (Map<String, String> entry : json("GROUP_ROLE_MAPPINGS", value, OBJECTS, example)) {
            roles.add(role(entry, value, example));
        }
        if (roles.isEmpty()) {
            throw wrong(
                    "GROUP_ROLE_MAPPINGS",
                    "must map at least one group",
                    value,
                    "write it like " + example);
        }
        return List.copyOf(roles);
    }

    private static GroupRole role(Map<String, String> entry, String value, String example) {
        String group = entry.get("group_dn");
        String role = entry.get("role");
        if (entry.size() != 2 || group == null || role == null) {
            throw wrong(
                    "GROUP_ROLE_MAPPINGS",
                    "must consist of group_dn and role, and nothing else",
                    value,
                    "write it like " + example);
        }
        if (!group.equals(LdapSettings.EVERYBODY)) {
            checkDn("GROUP_ROLE_MAPPINGS", group);
        }
        return new GroupRole(
                group,
                AssignableRole.find(role)
                        .orElseThrow(
                                () ->
                                        wrong(
                                                "GROUP_ROLE_MAPPINGS",
                                                "may only give the roles ADMIN, MEMBER and VIEWER",
                                                role,
                                                "use one of them")));
    }

    private Optional<List<String>> bases(String suffix) {
        String example = "[\"ou=people,dc=example,dc=com\"]";
        return text(suffix)
                .map(
                        value -> {
                            List<String> bases = json(suffix, value, TEXTS, example);
                            if (bases.isEmpty()) {
                                throw wrong(
                                        suffix,
                                        "must name at least one DN",
                                        value,
                                        "write it like " + example);
                            }
                            bases.forEach(dn -> checkDn(suffix, dn));
                            return List.copyOf(bases);
                        });
    }

    private static <T> List<T> json(
            String suffix, String value, TypeReference<List<T>> type, String example) {
        try {
            List<T> parsed = JSON.readValue(value, type);
            if (parsed != null && parsed.stream().noneMatch(element -> element == null)) {
                return parsed;
            }
        } catch (JacksonException e) {
            // Said below.
        }
        throw wrong(suffix, "must be a JSON array", value, "write it like " + example);
    }

    private Optional<Path> file(String suffix) {
        Optional<Path> file = text(suffix).map(Path::of);
        file.filter(path -> !Files.isReadable(path) || !Files.isRegularFile(path))
                .ifPresent(
                        path -> {
                            throw wrong(
                                    suffix,
                                    "must be a file that can be read",
                                    path.toString(),
                                    "correct the path or unset it");
                        });
        return file;
    }

    private Optional<String> attribute(String suffix) {
        Optional<String> attribute = text(suffix);
        attribute
                .filter(name -> name.chars().anyMatch(Character::isWhitespace))
                .ifPresent(
                        name -> {
                            throw wrong(
                                    suffix,
                                    "must be the name of an attribute, without blanks",
                                    name,
                                    "correct it");
                        });
        return attribute;
    }

    private static void checkDn(String suffix, String dn) {
        if (dn.isBlank() || !DN.isValidDN(dn)) {
            throw wrong(
                    suffix,
                    "must be a distinguished name",
                    dn,
                    "write it like ou=people,dc=example,dc=com");
        }
    }

    private static void checkFilter(String suffix, String filter) {
        try {
            if (filter.contains("%s")) {
                Filter.create(filter.replace("%s", "x"));
                return;
            }
        } catch (LDAPException e) {
            // Said below.
        }
        throw wrong(
                suffix, "must be an LDAP filter with %s in it", filter, "write it like (uid=%s)");
    }

    private static void requireBoth(
            String first, Optional<?> one, String second, Optional<?> other) {
        if (one.isPresent() != other.isPresent()) {
            throw new SettingsException(
                    "%s%s and %s%s belong together, only %s%s is set: set both or neither."
                            .formatted(
                                    PREFIX,
                                    first,
                                    PREFIX,
                                    second,
                                    PREFIX,
                                    one.isPresent() ? first : second));
        }
    }

    private Optional<String> text(String suffix) {
        return reader.text(PREFIX + suffix);
    }

    private static SettingsException missing(String suffix, String example) {
        return new SettingsException(
                "%s%s is required with %sHOST: set it, like %s."
                        .formatted(PREFIX, suffix, PREFIX, example));
    }

    private static SettingsException wrong(
            String suffix, String rule, String value, String wayOut) {
        return new SettingsException(
                "%s%s %s, was '%s': %s.".formatted(PREFIX, suffix, rule, value, wayOut));
    }
}
