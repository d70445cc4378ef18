package dev.phoenix.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {

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
                    a=1                        | {a=1}
                    a=1,b=2                    | {a=1, b=2}
                     A = 1 , ,B = 2            | {a=1, b=2}
                    a=b=c==                    | {a=b=c==}
                    a=x%20y%2Cz,%41bc=%C3%A9   | {a=x y,z, abc=é}
                    a=100%                     | {a=100%}
                    a=%4                       | {a=%4}
                    a=                         | {a=}
                    {"A":"1","b":"x y"}        | {a=1, b=x y}
                    {}                         | {}
                    { "a" : "\\u00e9\\"\\\\\\/" } | {a=é"\\/}
                    """)
    void headers_ofBothForms_areRead(String text, String expected) {
        assertThat(headers(text)).hasToString(expected);
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "=v", "na me=v", "x%0d%0ay=v", "x=a%0d%0ab"})
    void malformedPair_isLeftOutWithAWarningThatHidesIt(String pair) {
        assertThat(headers("a=1,top-secret," + pair)).hasToString("{a=1}");
        assertThat(log.warnings())
                .containsExactly(
                        "PHOENIX_CLIENT_HEADERS in the environment has a header that is not"
                                + " name=value with a plain name; that one is left out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}",
                "{\"a\":\"b\"",
                "{a:\"b\"}",
                "{\"a\":\"b\"}x",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"b\",}",
                "{\"a\":null}",
                "{\"a\":\"tab\tinside\"}"
            })
    void malformedJson_isIgnoredWithAWarningThatHidesIt(String text) {
        assertThat(headers(text)).isEmpty();
        assertThat(log.warnings())
                .containsExactly(
                        "PHOENIX_CLIENT_HEADERS in the environment is ignored: it is not a JSON"
                                + " object of strings, which a value that begins with { must be");
    }

    @Test
    void explicitHeaders_areCompletedForTheApiAndStandAloneForExport() {
        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(
                                Map.of(
                                        "PHOENIX_CLIENT_HEADERS", "x-a=env,x-b=env",
                                        "PHOENIX_API_KEY", "env"))
                        .discover(false)
                        .headers(Map.of("X-A", "code"))
                        .build();

        assertThat(config.headers())
                .isEqualTo(Map.of("x-a", "code", "x-b", "env", "authorization", "Bearer env"));
        assertThat(config.exportHeaders())
                .isEqualTo(Map.of("x-a", "code", "authorization", "Bearer env"));
        assertThat(config.source(Setting.HEADERS)).isEqualTo(new Provenance.Explicit());
    }

    @Test
    void explicitAuthorization_ofAnyCase_isNotReplacedByTheKeyOfTheEnvironment() {
        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(Map.of("PHOENIX_API_KEY", "env"))
                        .discover(false)
                        .headers(Map.of("AUTHORIZATION", "Basic code"))
                        .build();

        assertThat(config.headers()).isEqualTo(Map.of("authorization", "Basic code"));
        assertThat(config.exportHeaders()).isEqualTo(Map.of("authorization", "Basic code"));
    }

    @Test
    void authorizationInClientHeaders_isNotReplacedByTheKeyOfTheEnvironment() {
        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(
                                Map.of(
                                        "PHOENIX_CLIENT_HEADERS", "Authorization=Basic%20x",
                                        "PHOENIX_API_KEY", "env"))
                        .discover(false)
                        .build();

        assertThat(config.headers()).isEqualTo(Map.of("authorization", "Basic x"));
    }

    @Test
    void explicitKey_replacesEveryOtherAuthorization() {
        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(Map.of("PHOENIX_CLIENT_HEADERS", "authorization=env"))
                        .discover(false)
                        .headers(Map.of("Authorization", "code"))
                        .apiKey("key")
                        .build();

        assertThat(config.headers()).isEqualTo(Map.of("authorization", "Bearer key"));
        assertThat(config.exportHeaders()).isEqualTo(Map.of("authorization", "Bearer key"));
    }

    @Test
    void phoenixHeaders_beatOtlpHeaders() {
        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(
                                Map.of(
                                        "OTEL_EXPORTER_OTLP_HEADERS", "x-a=otel,x-b=otel",
                                        "PHOENIX_CLIENT_HEADERS", "x-a=phoenix"))
                        .discover(false)
                        .build();

        assertThat(config.exportHeaders()).isEqualTo(Map.of("x-a", "phoenix", "x-b", "otel"));
        assertThat(config.headers()).isEqualTo(Map.of("x-a", "phoenix"));
    }

    @Test
    void explicitHeaderThatCannotBeSent_isAnError() {
        assertThatThrownBy(() -> PhoenixConfig.builder().headers(Map.of("x y", "v")).build())
                .isInstanceOf(PhoenixConfigException.class)
                .hasMessage(
                        "header \"x y\" must have a name of letters, digits and dashes, and a value"
                                + " without line breaks");
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers =
                PhoenixConfig.builder()
                        .env(Map.of("PHOENIX_CLIENT_HEADERS", text))
                        .discover(false)
                        .build()
                        .headers();
        return new java.util.TreeMap<>(headers);
    }
}
