package dev.phoenix.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.settings.LdapSettings.Bind;
import dev.phoenix.server.settings.LdapSettings.ClientCertificate;
import dev.phoenix.server.settings.LdapSettings.GroupRole;
import dev.phoenix.server.settings.LdapSettings.Groups;
import dev.phoenix.server.settings.LdapSettings.Tls;
import dev.phoenix.server.settings.LdapSettings.TlsMode;
import dev.phoenix.server.settings.LdapSettings.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LdapSettingsTest {

    private static final Map<String, String> LEAST =
            Map.of(
                    "HOST", "directory",
                    "USER_SEARCH_BASE_DNS", "[\"ou=people,dc=x\"]",
                    "GROUP_ROLE_MAPPINGS", "[{\"group_dn\":\"*\",\"role\":\"viewer\"}]");

    @Test
    void defaults_areThoseOfTheContract() {
        assertThat(read(Map.of()))
                .isEqualTo(
                        new LdapSettings(
                                List.of("directory"),
                                389,
                                new Tls(TlsMode.STARTTLS, true, Optional.empty(), Optional.empty()),
                                Optional.empty(),
                                new Users(
                                        List.of("ou=people,dc=x"),
                                        "(&(objectClass=user)(sAMAccountName=%s))",
                                        Optional.of("mail"),
                                        "displayName",
                                        "memberOf",
                                        Optional.empty()),
                                Optional.empty(),
                                List.of(new GroupRole("*", AssignableRole.VIEWER)),
                                true));
    }

    @Test
    void everyVariable_isMapped(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("a.pem"));
        assertThat(
                        read(
                                Map.ofEntries(
                                        Map.entry("HOST", "one, two,"),
                                        Map.entry("TLS_MODE", "ldaps"),
                                        Map.entry("TLS_VERIFY", "false"),
                                        Map.entry("TLS_CA_CERT_FILE", file.toString()),
                                        Map.entry("TLS_CLIENT_CERT_FILE", file.toString()),
                                        Map.entry("TLS_CLIENT_KEY_FILE", file.toString()),
                                        Map.entry("BIND_DN", "cn=phoenix,dc=x"),
                                        Map.entry("BIND_PASSWORD", "pw"),
                                        Map.entry("USER_SEARCH_FILTER", "(uid=%s)"),
                                        Map.entry("ATTR_EMAIL", "address"),
                                        Map.entry("ATTR_DISPLAY_NAME", "cn"),
                                        Map.entry("ATTR_MEMBER_OF", "isMemberOf"),
                                        Map.entry("ATTR_UNIQUE_ID", "entryUUID"),
                                        Map.entry("GROUP_SEARCH_BASE_DNS", "[\"ou=groups,dc=x\"]"),
                                        Map.entry("GROUP_SEARCH_FILTER", "(memberUid=%s)"),
                                        Map.entry("GROUP_SEARCH_FILTER_USER_ATTR", "uid"),
                                        Map.entry("ALLOW_SIGN_UP", "false"))))
                .isEqualTo(
                        new LdapSettings(
                                List.of("one", "two"),
                                636,
                                new Tls(
                                        TlsMode.LDAPS,
                                        false,
                                        Optional.of(file),
                                        Optional.of(new ClientCertificate(file, file))),
                                Optional.of(new Bind("cn=phoenix,dc=x", Secret.of("pw"))),
                                new Users(
                                        List.of("ou=people,dc=x"),
                                        "(uid=%s)",
                                        Optional.of("address"),
                                        "cn",
                                        "isMemberOf",
                                        Optional.of("entryUUID")),
                                Optional.of(
                                        new Groups(
                                                List.of("ou=groups,dc=x"),
                                                "(memberUid=%s)",
                                                Optional.of("uid"))),
                                List.of(new GroupRole("*", AssignableRole.VIEWER)),
                                false));
    }

    @Test
    void withoutAHost_nothingIsRead() {
        assertThat(Settings.load(Map.of("PHOENIX_LDAP_TLS_MODE", "wrong")).ldap()).isEmpty();
    }

    @Test
    void addressesAreOptional_wherePeopleAreKnownOtherwise() {
        for (String none : List.of("null", "", " ")) {
            assertThat(read(Map.of("ATTR_EMAIL", none, "ATTR_UNIQUE_ID", "uid")).users().email())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOST|,|HOST must name at least one host",
                "TLS_MODE|ssl|TLS_MODE must be one of starttls, ldaps, none",
                "PORT|0|PORT must be a whole number from 1 to 65535",
                "TLS_CA_CERT_FILE|/nowhere.pem|TLS_CA_CERT_FILE must be a file that can be read, was '/nowhere.pem'",
                "TLS_CLIENT_CERT_FILE|/|TLS_CLIENT_CERT_FILE must be a file",
                "BIND_DN|cn=x|belong together, only PHOENIX_LDAP_BIND_DN is set",
                "BIND_PASSWORD|x|belong together, only PHOENIX_LDAP_BIND_PASSWORD is set",
                "USER_SEARCH_BASE_DNS|ou=people|must be a JSON array",
                "USER_SEARCH_BASE_DNS|[]|must name at least one DN",
                "USER_SEARCH_BASE_DNS|[\"people\"]|must be a distinguished name, was 'people'",
                "USER_SEARCH_BASE_DNS|[null]|must be a JSON array",
                "USER_SEARCH_FILTER|(uid=x)|must be an LDAP filter with %s in it",
                "USER_SEARCH_FILTER|(uid=%s|must be an LDAP filter with %s in it",
                "ATTR_EMAIL|e mail|must be the name of an attribute, without blanks",
                "ATTR_UNIQUE_ID|a b|must be the name of an attribute, without blanks",
                "GROUP_SEARCH_FILTER|(member=%s)|belong together",
                "GROUP_SEARCH_BASE_DNS|[\"dc=x\"]|belong together",
                "GROUP_SEARCH_FILTER_USER_ATTR|uid|but there is none",
                "GROUP_ROLE_MAPPINGS|[]|must map at least one group",
                "GROUP_ROLE_MAPPINGS|{}|must be a JSON array",
                "GROUP_ROLE_MAPPINGS|[{\"group_dn\":\"*\",\"role\":\"SYSTEM\"}]|may only give the roles ADMIN, MEMBER and VIEWER, was 'SYSTEM'",
                "GROUP_ROLE_MAPPINGS|[{\"group_dn\":\"*\",\"role\":\"ADMIN\",\"x\":\"y\"}]|and nothing else",
                "GROUP_ROLE_MAPPINGS|[{\"group_dn\":\"admins\",\"role\":\"ADMIN\"}]|must be a distinguished name",
                "ATTR_EMAIL|null|ATTR_UNIQUE_ID tells people apart"
            })
    void wrongValue_isExplained(String suffix, String value, String part) {
        assertThatThrownBy(() -> read(Map.of(suffix, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(part);
    }

    @Test
    void withoutAddresses_nobodyCanBeExpected() {
        assertThatThrownBy(
                        () ->
                                read(
                                        Map.of(
                                                "ATTR_EMAIL", "null",
                                                "ATTR_UNIQUE_ID", "uid",
                                                "ALLOW_SIGN_UP", "false")))
                .hasMessageContaining("set ALLOW_SIGN_UP to TRUE");
        Map<String, String> environment =
                environment(Map.of("ATTR_EMAIL", "null", "ATTR_UNIQUE_ID", "uid"));
        environment.put("PHOENIX_ADMINS", "Ann=ann@x.y");
        assertThatThrownBy(() -> Settings.load(environment))
                .hasMessageContaining("PHOENIX_ADMINS names people by their address");
    }

    @ParameterizedTest
    @CsvSource({"USER_SEARCH_BASE_DNS", "GROUP_ROLE_MAPPINGS"})
    void missingValue_isAskedFor(String suffix) {
        assertThatThrownBy(() -> read(Map.of(suffix, "")))
                .hasMessageStartingWith(
                        "PHOENIX_LDAP_%s is required with PHOENIX_LDAP_HOST".formatted(suffix));
    }

    private static LdapSettings read(Map<String, String> overrides) {
        return Settings.load(environment(overrides)).ldap().orElseThrow();
    }

    private static Map<String, String> environment(Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>();
        LEAST.forEach((suffix, value) -> environment.put("PHOENIX_LDAP_" + suffix, value));
        overrides.forEach((suffix, value) -> environment.put("PHOENIX_LDAP_" + suffix, value));
        return environment;
    }
}
