package dev.phoenix.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per environment: the API base URL and the trace endpoint that follow from it. */
class EndpointConformanceTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    | http://localhost:6006 | http://localhost:6006/v1/traces
                    ENDPOINT=http://a:1 | http://a:1 | http://a:1/v1/traces
                    ENDPOINT=http://a/p/ | http://a/p/ | http://a/p/v1/traces
                    ENDPOINT=http://a/v1/traces | http://a/v1/traces | http://a/v1/traces
                    COLLECTOR=http://c | http://c | http://c/v1/traces
                    COLLECTOR=http://c/v1/traces | http://c | http://c/v1/traces
                    COLLECTOR=http://c/v1/traces/ | http://c | http://c/v1/traces
                    COLLECTOR=http://c/p//v1/traces | http://c/p | http://c/p/v1/traces
                    COLLECTOR=http://c//v1/traces | http://c | http://c/v1/traces
                    COLLECTOR=http://c/p/v1/traces/ | http://c/p | http://c/p/v1/traces
                    COLLECTOR=http://c/v1/traces?t=a | http://c?t=a | http://c/v1/traces?t=a
                    COLLECTOR=http://c?t=/v1/traces | http://c?t=/v1/traces | http://c/v1/traces?t=/v1/traces
                    COLLECTOR=http://c#f | http://c#f | http://c/v1/traces#f
                    COLLECTOR=http://c/V1/traces | http://c/V1/traces | http://c/V1/traces/v1/traces
                    COLLECTOR=http://c/v1/traces/tenant | http://c/v1/traces/tenant | http://c/v1/traces/tenant
                    COLLECTOR=http://c/v1/tracesx | http://c/v1/tracesx | http://c/v1/tracesx/v1/traces
                    COLLECTOR=https://c:4318 | https://c:4318 | https://c:4318/v1/traces
                    ENDPOINT=http://a,COLLECTOR=http://c | http://a | http://c/v1/traces
                    OTLP=http://o:4318 | http://o:4318 | http://o:4318/v1/traces
                    OTLP=http://o/v1/traces | http://o | http://o/v1/traces
                    OTLP_TRACES=http://o/custom | http://localhost:6006 | http://o/custom
                    OTLP_TRACES=http://t,COLLECTOR=http://c | http://c | http://c/v1/traces
                    OTLP_TRACES=http://t/x,OTLP=http://o | http://o | http://t/x
                    HOST=h | http://h:6006 | http://localhost:6006/v1/traces
                    HOST=0.0.0.0,PORT=7007 | http://127.0.0.1:7007 | http://localhost:6006/v1/traces
                    HOST=::,PORT=7007 | http://[::1]:7007 | http://localhost:6006/v1/traces
                    HOST=fe80::1 | http://[fe80::1]:6006 | http://localhost:6006/v1/traces
                    HOST=h:9 | http://h:9 | http://localhost:6006/v1/traces
                    HOST=https://h/x | https://h/x | http://localhost:6006/v1/traces
                    PORT=7007 | http://localhost:7007 | http://localhost:6006/v1/traces
                    BASE=http://b | http://b | http://localhost:6006/v1/traces
                    BASE=http://b,COLLECTOR=http://c | http://c | http://c/v1/traces
                    BASE=http://b,HOST=h | http://b | http://localhost:6006/v1/traces
                    ENDPOINT=,COLLECTOR=http://c | http://c | http://c/v1/traces
                    ENDPOINT=  ,COLLECTOR=http://c | http://c | http://c/v1/traces
                    ENDPOINT=not a url,COLLECTOR=http://c | http://c | http://c/v1/traces
                    ENDPOINT=ftp://a,COLLECTOR=http://c | http://c | http://c/v1/traces
                    COLLECTOR=http://my_host:6006 | http://my_host:6006 | http://my_host:6006/v1/traces
                    COLLECTOR=https://app.phoenix.arize.com/s/me | https://app.phoenix.arize.com/s/me | https://app.phoenix.arize.com/s/me/v1/traces
                    COLLECTOR=https://app.phoenix.arize.com/s/me/ | https://app.phoenix.arize.com/s/me | https://app.phoenix.arize.com/s/me/v1/traces
                    COLLECTOR=https://app.phoenix.arize.com/s/me/v1/traces | https://app.phoenix.arize.com/s/me | https://app.phoenix.arize.com/s/me/v1/traces
                    COLLECTOR=https://app.phoenix.arize.com/s/me/more | https://app.phoenix.arize.com/s/me | https://app.phoenix.arize.com/s/me/v1/traces
                    COLLECTOR=https://app.phoenix.arize.com | https://app.phoenix.arize.com | https://app.phoenix.arize.com/v1/traces
                    COLLECTOR=https://app.phoenix.arize.com/s/ | https://app.phoenix.arize.com/s/ | https://app.phoenix.arize.com/v1/traces
                    """)
    void environment_decidesBothUrls(String variables, String apiBase, String traces) {
        PhoenixConfig config =
                PhoenixConfig.builder().env(environment(variables)).discover(false).build();

        assertThat(config.apiBaseUrl()).isEqualTo(URI.create(apiBase));
        assertThat(config.traceEndpoint()).isEqualTo(URI.create(traces));
    }

    @Test
    void unusableEndpoint_isNamedInAWarningWithoutItsValue() {
        PhoenixConfig.builder()
                .env(environment("ENDPOINT=not a url"))
                .discover(false)
                .build()
                .apiBaseUrl();

        assertThat(log.warnings())
                .containsExactly(
                        "PHOENIX_ENDPOINT in the environment is ignored: it is not an http or https"
                                + " URL");
    }

    @Test
    void supplierOtherThanTheCanonicalVariable_isToldOnce() {
        PhoenixConfig inferred =
                PhoenixConfig.builder()
                        .env(environment("COLLECTOR=http://c"))
                        .discover(false)
                        .build();
        inferred.traceEndpoint();
        assertThat(log.infos()).isEmpty();

        inferred.apiBaseUrl();
        inferred.apiBaseUrl();
        assertThat(log.infos())
                .containsExactly(
                        "the API base URL comes from PHOENIX_COLLECTOR_ENDPOINT in the environment;"
                                + " PHOENIX_ENDPOINT is unset");
    }

    private static Map<String, String> environment(String variables) {
        Map<String, String> environment = new HashMap<>();
        Map<String, String> names =
                Map.of(
                        "ENDPOINT", "PHOENIX_ENDPOINT",
                        "COLLECTOR", "PHOENIX_COLLECTOR_ENDPOINT",
                        "OTLP", "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "OTLP_TRACES", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                        "HOST", "PHOENIX_HOST",
                        "PORT", "PHOENIX_PORT",
                        "BASE", "PHOENIX_BASE_URL");
        for (String pair : variables == null ? new String[0] : variables.split(",")) {
            String[] nameAndValue = pair.split("=", 2);
            environment.put(
                    java.util.Objects.requireNonNull(names.get(nameAndValue[0])), nameAndValue[1]);
        }
        return environment;
    }
}
