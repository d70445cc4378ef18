package dev.phoenix.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.settings.Variable.Availability;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VariablesTest {

    /** Only looked at to refuse what they would switch on. */
    private static final Set<String> REFUSED =
            Set.of(
                    "PHOENIX_ENABLE_AUTH",
                    "PHOENIX_TLS_ENABLED",
                    "PHOENIX_TLS_ENABLED_FOR_HTTP",
                    "PHOENIX_TLS_ENABLED_FOR_GRPC",
                    "PHOENIX_POSTGRES_USE_AWS_IAM_AUTH",
                    "PHOENIX_POSTGRES_USE_AZURE_MANAGED_IDENTITY");

    @Test
    void table_hasEveryVariableThatIsRead() {
        Set<String> asked = new TreeSet<>();
        Settings.load(new Recording(Map.of(), asked));
        Settings.load(
                new Recording(
                        Map.of(
                                "PHOENIX_POSTGRES_HOST", "db",
                                "PHOENIX_POSTGRES_USER", "ann",
                                "PHOENIX_POSTGRES_PASSWORD", "pw"),
                        asked));
        asked.removeAll(REFUSED);
        asked.remove("HOME");
        assertThat(names(Availability.PRESENT)).isEqualTo(asked);
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
                        "PHOENIX_LDAP_HOST", "x",
                        "PHOENIX_API_KEY", "x",
                        "PHOENIX_SECRET", "",
                        "PHOENIX_ENABLE_WEBSOCKETS", "x",
                        "PATH", "/bin"));
        assertThat(EnvironmentReport.of(environment))
                .isEqualTo(
                        new EnvironmentReport(
                                List.of("PHOENIX_OAUTH2_GOOGLE_CLIENT_IDS", "PHOENIX_PROT"),
                                List.of("PHOENIX_LDAP_HOST", "PHOENIX_OAUTH2_GOOGLE_CLIENT_ID"),
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
