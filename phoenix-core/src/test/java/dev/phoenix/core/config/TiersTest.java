package dev.phoenix.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiersTest {

    private final CapturedLog log = new CapturedLog();
    private final Path folder;

    TiersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void clearCache() {
        PhoenixConfig.clearEnvFileCache();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void api_prefersTheFilesOwnVariableToAGuessFromTheProcess() throws IOException {
        file("PHOENIX_ENDPOINT=http://file");

        PhoenixConfig config = config(Map.of("PHOENIX_COLLECTOR_ENDPOINT", "http://process"));

        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://file"));
        assertThat(config.traceEndpoint()).isEqualTo(URI.create("http://process/v1/traces"));
    }

    @Test
    void export_prefersTheFilesOwnVariableToAGuessFromTheProcess() throws IOException {
        file("PHOENIX_COLLECTOR_ENDPOINT=http://file");

        PhoenixConfig config = config(Map.of("PHOENIX_ENDPOINT", "http://process"));

        assertThat(config.traceEndpoint()).isEqualTo(URI.create("http://file/v1/traces"));
        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://process"));
    }

    @Test
    void otlpVariable_beatsTheFilesCollectorForTheApi() throws IOException {
        file("PHOENIX_COLLECTOR_ENDPOINT=http://file");

        PhoenixConfig config = config(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://process"));

        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://process"));
    }

    @Test
    void host_inTheProcess_hidesTheFilesPort() throws IOException {
        file("PHOENIX_PORT=7007");

        assertThat(config(Map.of("PHOENIX_HOST", "h")).apiBaseUrl())
                .isEqualTo(URI.create("http://h:6006"));
    }

    @Test
    void grpcPort_inTheProcess_hidesTheFilesEndpoint() throws IOException {
        file("PHOENIX_ENDPOINT=http://file");

        PhoenixConfig config = config(Map.of("PHOENIX_GRPC_PORT", "5317"));

        assertThat(config.grpcPort()).hasValue(5317);
        assertThat(config.traceEndpoint()).isEqualTo(URI.create("http://localhost:6006/v1/traces"));
    }

    @Test
    void baseUrl_inTheProcess_hidesNothing() throws IOException {
        file("PHOENIX_COLLECTOR_ENDPOINT=http://file");

        PhoenixConfig config = config(Map.of("PHOENIX_BASE_URL", "http://process"));

        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://file"));
        assertThat(config.traceEndpoint()).isEqualTo(URI.create("http://file/v1/traces"));
    }

    @Test
    void key_inTheProcess_hidesTheFilesHeaders() throws IOException {
        file("PHOENIX_CLIENT_HEADERS=x-one=1");

        assertThat(config(Map.of("PHOENIX_API_KEY", "k")).headers())
                .isEqualTo(Map.of("authorization", "Bearer k"));
    }

    @Test
    void headers_inTheProcess_hideTheFilesKey() throws IOException {
        file("PHOENIX_API_KEY=k");

        PhoenixConfig config = config(Map.of("PHOENIX_CLIENT_HEADERS", "x-one=1"));

        assertThat(config.headers()).isEqualTo(Map.of("x-one", "1"));
        assertThat(config.apiKey()).isEmpty();
    }

    @Test
    void otlpHeaders_inTheProcess_hideTheFilesKeyFromExportOnly() throws IOException {
        file("PHOENIX_API_KEY=k");

        PhoenixConfig config = config(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-otel=1"));

        assertThat(config.exportHeaders()).isEqualTo(Map.of("x-otel", "1"));
        assertThat(config.headers()).isEqualTo(Map.of("authorization", "Bearer k"));
    }

    @Test
    void projectAlias_inTheProcess_hidesTheFilesProject() throws IOException {
        file("PHOENIX_PROJECT=file");

        assertThat(config(Map.of("PHOENIX_PROJECT_NAME", "process")).projectName())
                .isEqualTo("process");
    }

    @Test
    void projectVariablesThatDiffer_warnOnceAndTheCanonicalOneWins() {
        Map<String, String> both = Map.of("PHOENIX_PROJECT", "a", "PHOENIX_PROJECT_NAME", "b");

        assertThat(config(both).projectName()).isEqualTo("a");
        assertThat(config(both).projectName()).isEqualTo("a");
        assertThat(log.warnings())
                .containsExactly(
                        "PHOENIX_PROJECT in the environment and PHOENIX_PROJECT_NAME in the"
                                + " environment name different projects; the first one is used");
    }

    @Test
    void projectVariablesThatAgree_areSilent() {
        config(Map.of("PHOENIX_PROJECT", "a", "PHOENIX_PROJECT_NAME", "a")).projectName();

        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void processKeyForTheFilesServer_warnsOnceAndContinues() throws IOException {
        file("PHOENIX_ENDPOINT=http://file");

        PhoenixConfig config = config(Map.of("PHOENIX_API_KEY", "secret-key"));

        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://file"));
        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://file"));
        assertThat(config.headers()).containsEntry("authorization", "Bearer secret-key");
        assertThat(log.warnings())
                .containsExactly(
                        "credentials from PHOENIX_API_KEY in the environment go to the server named"
                                + " by PHOENIX_ENDPOINT in "
                                + folder.resolve(".env.phoenix"));
    }

    @Test
    void explicitHeadersForTheFilesServer_warnOnceAndContinue() throws IOException {
        file("PHOENIX_COLLECTOR_ENDPOINT=http://file");

        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(Map.of())
                        .cwd(folder)
                        .headers(Map.of("x-secret", "s"))
                        .build();

        assertThat(config.traceEndpoint()).isEqualTo(URI.create("http://file/v1/traces"));
        assertThat(log.warnings())
                .containsExactly(
                        "credentials from the application's code go to the server named by"
                                + " PHOENIX_COLLECTOR_ENDPOINT in "
                                + folder.resolve(".env.phoenix"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "65536", "-1"})
    void wrongPort_inTheProcess_isAnError(String port) {
        assertThatThrownBy(() -> config(Map.of("PHOENIX_GRPC_PORT", port)).grpcPort())
                .isInstanceOf(PhoenixConfigException.class)
                .hasMessage(
                        "PHOENIX_GRPC_PORT in the environment must be a port from 1 to 65535, was "
                                + port);
        assertThatThrownBy(() -> config(Map.of("PHOENIX_PORT", port)).apiBaseUrl())
                .isInstanceOf(PhoenixConfigException.class);
    }

    @Test
    void wrongPort_inTheFile_isPassedOverWithAWarning() throws IOException {
        file("PHOENIX_GRPC_PORT=abc\nPHOENIX_PORT=def");

        PhoenixConfig config = config(Map.of());

        assertThat(config.grpcPort()).isEmpty();
        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://localhost:6006"));
        Path path = folder.resolve(".env.phoenix");
        String rule = " is ignored: it must be a port from 1 to 65535";
        assertThat(log.warnings())
                .containsExactly(
                        "PHOENIX_GRPC_PORT in " + path + rule, "PHOENIX_PORT in " + path + rule);
    }

    @Test
    void kubernetesServiceLink_isNotAPort() {
        Map<String, String> pod =
                Map.of(
                        "PHOENIX_PORT", "tcp://10.0.0.1:6006",
                        "PHOENIX_PORT_6006_TCP", "tcp://10.0.0.1:6006",
                        "PHOENIX_GRPC_PORT", "tcp://10.0.0.1:4317");

        assertThat(config(pod).apiBaseUrl()).isEqualTo(URI.create("http://localhost:6006"));
        assertThat(config(pod).grpcPort()).isEmpty();
        assertThat(log.warnings())
                .hasSize(2)
                .allMatch(warning -> warning.contains("Kubernetes service link"));
    }

    @Test
    void wrongUrl_inTheFile_isPassedOverAndTheVariableNamed() throws IOException {
        file("PHOENIX_COLLECTOR_ENDPOINT=nonsense\nPHOENIX_ENDPOINT=http://good");

        assertThat(config(Map.of()).traceEndpoint()).isEqualTo(URI.create("http://good/v1/traces"));
        assertThat(log.warnings())
                .containsExactly(
                        "PHOENIX_COLLECTOR_ENDPOINT in "
                                + folder.resolve(".env.phoenix")
                                + " is ignored: it is not an http or https URL");
    }

    @Test
    void wrongTraceUrl_inTheProcess_isAnErrorForThoseWhoNeedItOnly() {
        PhoenixConfig config =
                config(
                        Map.of(
                                "PHOENIX_COLLECTOR_ENDPOINT",
                                "localhost:6006",
                                "PHOENIX_ENDPOINT",
                                "http://good"));

        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://good"));
        assertThatThrownBy(config::traceEndpoint)
                .isInstanceOf(PhoenixConfigException.class)
                .hasMessage(
                        "PHOENIX_COLLECTOR_ENDPOINT in the environment must be an http or https"
                                + " URL, for example http://localhost:6006");
    }

    @Test
    void explicitValues_beatEverything() throws IOException {
        file("PHOENIX_PROJECT=file");

        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(
                                Map.of(
                                        "PHOENIX_ENDPOINT",
                                        "http://process",
                                        "PHOENIX_PROJECT",
                                        "process",
                                        "PHOENIX_API_KEY",
                                        "process",
                                        "PHOENIX_GRPC_PORT",
                                        "1"))
                        .cwd(folder)
                        .endpoint("http://code")
                        .projectName("code")
                        .apiKey("code")
                        .grpcPort(2)
                        .build();

        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://code"));
        assertThat(config.traceEndpoint()).isEqualTo(URI.create("http://code/v1/traces"));
        assertThat(config.projectName()).isEqualTo("code");
        assertThat(config.apiKey()).contains("code");
        assertThat(config.grpcPort()).hasValue(2);
        for (Setting setting : Setting.values()) {
            if (setting != Setting.HEADERS) {
                assertThat(config.source(setting)).isEqualTo(new Provenance.Explicit());
            }
        }
    }

    @Test
    void explicitValueThatCannotBeUsed_isAnError() {
        assertThatThrownBy(() -> PhoenixConfig.builder().endpoint("localhost:6006").build())
                .isInstanceOf(PhoenixConfigException.class)
                .hasMessageContaining("http://localhost:6006");
        assertThatThrownBy(() -> PhoenixConfig.builder().grpcPort(0).build())
                .isInstanceOf(PhoenixConfigException.class)
                .hasMessage("the gRPC port must be a port from 1 to 65535, was 0");
    }

    @Test
    void blankExplicitValue_countsAsUnset() {
        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(Map.of("PHOENIX_PROJECT", "process"))
                        .discover(false)
                        .projectName(" ")
                        .endpoint("")
                        .apiKey(null)
                        .build();

        assertThat(config.projectName()).isEqualTo("process");
        assertThat(config.apiBaseUrl()).isEqualTo(URI.create("http://localhost:6006"));
    }

    @Test
    void systemProperty_beatsTheVariableOfTheSameMeaning() {
        PhoenixConfig config =
                PhoenixConfig.builder()
                        .systemProperties(
                                Map.of(
                                        "phoenix.api-key",
                                        "property",
                                        "phoenix.collector-endpoint",
                                        "http://property",
                                        "otel.exporter.otlp.headers",
                                        "x-otel=1"))
                        .env(
                                Map.of(
                                        "PHOENIX_API_KEY",
                                        "process",
                                        "PHOENIX_COLLECTOR_ENDPOINT",
                                        "http://process"))
                        .discover(false)
                        .build();

        assertThat(config.traceEndpoint()).isEqualTo(URI.create("http://property/v1/traces"));
        assertThat(config.exportHeaders())
                .isEqualTo(Map.of("authorization", "Bearer property", "x-otel", "1"));
        assertThat(config.source(Setting.API_KEY))
                .isEqualTo(new Provenance.SystemProperty("phoenix.api-key"));
        assertThat(log.infos()).isEmpty();
    }

    @Test
    void exportProtocol_comesFromOpenTelemetrysVariables() {
        Map<String, String> both =
                Map.of(
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "grpc");

        assertThat(config(both).exportProtocol()).contains("grpc");
        assertThat(config(Map.of()).exportProtocol()).isEmpty();
    }

    @Test
    void nothing_meansDefaults() {
        PhoenixConfig config = config(Map.of());

        assertThat(config.projectName()).isEqualTo("default");
        assertThat(config.headers()).isEmpty();
        assertThat(config.exportHeaders()).isEmpty();
        assertThat(config.grpcPort()).isEmpty();
        for (Setting setting : Setting.values()) {
            assertThat(config.source(setting)).isEqualTo(new Provenance.Default());
        }
        assertThat(log.warnings()).isEmpty();
        assertThat(log.infos()).isEmpty();
    }

    @Test
    void load_readsThisProcess() {
        assertThat(PhoenixConfig.load().projectName()).isNotBlank();
    }

    private void file(String text) throws IOException {
        EnvFileTest.write(folder, text);
    }

    private PhoenixConfig config(Map<String, String> environment) {
        return PhoenixConfig.builder().env(environment).cwd(folder).build();
    }
}
