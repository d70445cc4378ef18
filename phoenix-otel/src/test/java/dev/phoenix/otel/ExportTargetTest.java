package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.core.config.PhoenixConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTargetTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://h:6006/v1/traces   |               | http/protobuf | http://h:6006/v1/traces
                    http://h/p/v1/traces      |               | http/protobuf | http://h/p/v1/traces
                    http://h:4317             |               | grpc          | http://h:4317
                    https://h:4317/           |               | grpc          | https://h:4317/
                    h:4317                    |               | grpc          | http://h:4317
                    http://h:6006             | grpc          | grpc          | http://h:6006
                    h:9                       | grpc          | grpc          | http://h:9
                    http://h:4317             | http/protobuf | http/protobuf | http://h:4317
                    http://h/p                | http/protobuf | http/protobuf | http://h/p
                    """)
    void explicitEndpoint_isTakenAsItIs(
            String endpoint, @Nullable String protocol, String expected, String target) {
        assertThat(explicit(endpoint, protocol, Map.of()))
                .isEqualTo(new ExportTarget(Protocol.of(expected), target));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void explicitEndpoint_onTheConfiguredGrpcPort_isGrpc() {
        Map<String, String> environment = Map.of("PHOENIX_GRPC_PORT", "5317");

        assertThat(explicit("http://h:5317", null, environment).protocol())
                .isEqualTo(Protocol.GRPC);
        assertThat(explicit("http://h:4317", null, environment).protocol())
                .isEqualTo(Protocol.HTTP_PROTOBUF);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/collect, http://h/collect",
        "http://h:6006, http://h:6006/v1/traces",
        "https://h/?a=b, https://h/v1/traces?a=b"
    })
    void explicitEndpoint_thatSaysNothing_meansHttpWithAWarning(String endpoint, String target) {
        assertThat(explicit(endpoint, null, Map.of()))
                .isEqualTo(new ExportTarget(Protocol.HTTP_PROTOBUF, target));
        assertThat(log.warnings()).hasSize(1).first().asString().startsWith("cannot tell");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                                                           |               |      | http/protobuf | http://localhost:6006/v1/traces
                                                           | grpc          |      | grpc          | http://localhost:4317
                                                           | grpc          | 5317 | grpc          | http://localhost:5317
                    http://h:6006                          |               |      | http/protobuf | http://h:6006/v1/traces
                    http://h:6006/p/                       |               |      | http/protobuf | http://h:6006/p/v1/traces
                    http://h:6006/p/v1/traces/             | http/protobuf |      | http/protobuf | http://h:6006/p/v1/traces
                    https://h/p                            | grpc          |      | grpc          | https://h:4317
                    http://h:4317                          |               |      | grpc          | http://h:4317
                    http://h:5317                          |               | 5317 | grpc          | http://h:5317
                    http://h:4317                          | http/protobuf |      | http/protobuf | http://h:4317/v1/traces
                    https://app.phoenix.arize.com/s/me     |               |      | http/protobuf | https://app.phoenix.arize.com/s/me/v1/traces
                    https://app.phoenix.arize.com/s/me/x/  |               |      | http/protobuf | https://app.phoenix.arize.com/s/me/v1/traces
                    https://app.phoenix.arize.com          |               |      | http/protobuf | https://app.phoenix.arize.com/v1/traces
                    https://app.phoenix.arize.com/s//x     |               |      | http/protobuf | https://app.phoenix.arize.com/v1/traces
                    """)
    void configuredEndpoint_decidesTheTransport(
            @Nullable String collector,
            @Nullable String protocol,
            @Nullable String grpcPort,
            String expected,
            String target) {
        Map<String, String> environment = new HashMap<>();
        if (collector != null) {
            environment.put("PHOENIX_COLLECTOR_ENDPOINT", collector);
        }
        if (grpcPort != null) {
            environment.put("PHOENIX_GRPC_PORT", grpcPort);
        }

        assertThat(
                        ExportTarget.of(
                                Optional.empty(),
                                Optional.ofNullable(protocol).map(Protocol::of),
                                config(environment)))
                .isEqualTo(new ExportTarget(Protocol.of(expected), target));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void openTelemetrysVariable_mayAskForGrpc() {
        Map<String, String> environment =
                Map.of(
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                        "PHOENIX_COLLECTOR_ENDPOINT", "http://h:6006");

        assertThat(ExportTarget.of(Optional.empty(), Optional.empty(), config(environment)))
                .isEqualTo(new ExportTarget(Protocol.GRPC, "http://h:4317"));
    }

    @Test
    void openTelemetrysVariable_withAnotherProtocol_isIgnoredWithAWarning() {
        Map<String, String> environment = Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");

        assertThat(
                        ExportTarget.of(Optional.empty(), Optional.empty(), config(environment))
                                .protocol())
                .isEqualTo(Protocol.HTTP_PROTOBUF);
        assertThat(log.warnings())
                .containsExactly(
                        "OTEL_EXPORTER_OTLP_PROTOCOL is ignored: protocol must be http/protobuf or"
                                + " grpc, was http/json; did you mean http/protobuf?");
    }

    @Test
    void protocolOfAnotherName_isAnErrorWithAHint() {
        assertThatThrownBy(() -> Protocol.of("http"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "protocol must be http/protobuf or grpc, was http; did you mean"
                                + " http/protobuf?");
        assertThatThrownBy(() -> Protocol.of("udp"))
                .hasMessage("protocol must be http/protobuf or grpc, was udp");
    }

    @ParameterizedTest
    @CsvSource({"ftp://h", "'not a url'", "http://"})
    void endpointThatIsNone_isAnError(String endpoint) {
        assertThatThrownBy(() -> explicit(endpoint, null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("endpoint must be an http or https URL or host:port, was " + endpoint);
    }

    private static ExportTarget explicit(
            String endpoint, @Nullable String protocol, Map<String, String> environment) {
        return ExportTarget.of(
                Optional.of(endpoint),
                Optional.ofNullable(protocol).map(Protocol::of),
                config(environment));
    }

    private static PhoenixConfig config(Map<String, String> environment) {
        return OtelTest.config(environment).build();
    }
}
