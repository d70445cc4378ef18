package dev.phoenix.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.settings.Variable.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {

    /** Only looked at to refuse what they would switch on. */
    private static final Set<String> REFUSED =
            Set.of(
                    "PHOENIX_POSTGRES_USE_AWS_IAM_AUTH",
                    "PHOENIX_POSTGRES_USE_AZURE_MANAGED_IDENTITY");

    @Test
    void table_hasEveryVariableThatIsRead(@TempDir Path folder) throws IOException {
        String pem = Files.writeString(folder.resolve("pem"), "PEM").toString();
        Set<String> asked = new TreeSet<>();
        Settings.load(new Recording(Map.of(), asked));
        Settings.load(
                new Recording(
                        Map.of(
                                "PHOENIX_POSTGRES_HOST", "db",
                                "PHOENIX_POSTGRES_USER", "ann",
                                "PHOENIX_POSTGRES_PASSWORD", "pw"),
                        asked));
        Settings.load(
                new Recording(
                        Map.of(
                                "PHOENIX_TLS_ENABLED", "TRUE",
                                "PHOENIX_TLS_CERT_FILE", pem,
                                "PHOENIX_TLS_KEY_FILE", pem,
                                "PHOENIX_TLS_VERIFY_CLIENT", "TRUE",
                                "PHOENIX_TLS_CA_FILE", pem),
                        asked));
        Settings.load(
                new Recording(
                        Map.of(
                                "PHOENIX_LDAP_HOST", "ldap",
                                "PHOENIX_LDAP_ATTR_EMAIL", "null",
                                "PHOENIX_LDAP_ATTR_UNIQUE_ID", "entryUUID",
                                "PHOENIX_LDAP_USER_SEARCH_BASE_DNS", "[\"dc=example\"]",
                                "PHOENIX_LDAP_GROUP_ROLE_MAPPINGS",
                                        "[{\"group_dn\":\"*\",\"role\":\"VIEWER\"}]"),
                        asked));
        Settings.load(
                new Recording(
                        Map.of(
                                "PHOENIX_OAUTH2_X_CLIENT_ID", "x",
                                "PHOENIX_OAUTH2_X_CLIENT_SECRET", "x",
                                "PHOENIX_OAUTH2_X_OIDC_CONFIG_URL", "https://x"),
                        asked));
        asked.removeAll(REFUSED);
        asked.remove("HOME");
        assertThat(names(Availability.PRESENT))
                .isEqualTo(
                        asked.stream()
                                .map(name -> name.replace("OAUTH2_X_", "OAUTH2_<IDP>_"))
                                .collect(Collectors.toSet()));
        assertThat(names(Availability.LATER)).containsAll(REFUSED);
    }

    @Test
    void name_isUnique() {
        assertThat(Variables.all()).extracting(Variable::name).doesNotHaveDuplicates();
    }

    @Test
    void report_tellsWhatIsNotObeyed() {
        Map<String, String> environment = new HashMap<>(kubernetesServiceLinks());
        environment.putAll(
                Map.of(
                        "PHOENIX_PORT", "6006",
                        "PHOENIX_PROT", "6007",
                        "PHOENIX_OAUTH2_GOOGLE_CLIENT_ID", "x",
                        "PHOENIX_OAUTH2_GOOGLE_CLIENT_IDS", "x",
                        "PHOENIX_API_KEY", "x",
                        "PHOENIX_SKILLS_PATHS", "x",
                        "PHOENIX_SECRET", "",
                        "PHOENIX_ENABLE_WEBSOCKETS", "x",
                        "PATH", "/bin"));
        assertThat(EnvironmentReport.of(environment))
                .isEqualTo(
                        new EnvironmentReport(
                                List.of("PHOENIX_OAUTH2_GOOGLE_CLIENT_IDS", "PHOENIX_PROT"),
                                List.of("PHOENIX_SKILLS_PATHS"),
                                List.of("PHOENIX_ENABLE_WEBSOCKETS")));
    }

    private static Map<String, String> kubernetesServiceLinks() {
        return Map.of(
                "PHOENIX_SERVICE_HOST", "10.0.0.1",
                "PHOENIX_SERVICE_PORT", "6006",
                "PHOENIX_SERVICE_PORT_HTTP", "6006",
                "PHOENIX_PORT_6006_TCP", "tcp://10.0.0.1:6006",
                "PHOENIX_PORT_6006_TCP_ADDR", "10.0.0.1",
                "PHOENIX_PORT_6006_TCP_PORT", "6006",
                "PHOENIX_PORT_6006_TCP_PROTO", "tcp",
                "PHOENIX_SVC_PORT", "tcp://10.0.0.1:6006",
                "PHOENIX_SVC_PORT_4317_TCP", "tcp://10.0.0.1:4317");
    }

    private static Set<String> names(Availability availability) {
        return Variables.all().stream()
                .filter(variable -> variable.availability() == availability)
                .map(Variable::name)
                .collect(Collectors.toSet());
    }

    /** An environment that remembers what it was asked for. */
    private static final class Recording extends HashMap<String, String> {

        private static final long serialVersionUID = 1L;

        private final transient Set<String> asked;

        Recording(Map<String, String> environment, Set<String> asked) {
            super(environment);
            this.asked = asked;
        }

        @Override
        public @Nullable String get(Object name) {
            asked.add((String) name);
            return super.get(name);
        }
    }
}
