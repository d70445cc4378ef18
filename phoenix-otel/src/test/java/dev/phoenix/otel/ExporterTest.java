package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExporterTest extends OtelTest {

    @Test
    void grpc_sendsSpansAndLowerCaseHeaders() {
        try (PhoenixOtel otel =
                otel().endpoint("localhost:" + receiver.grpcPort())
                        .protocol(Protocol.GRPC)
                        .headers(Map.of("X-Team", "blue"))
                        .apiKey("key")
                        .register()) {
            otel.tracer("test").chain("work").start().end();
        }

        OtlpReceiver.Export export = receiver.exports().get(0);
        assertThat(export.path()).isEqualTo("grpc");
        assertThat(export.headers())
                .containsEntry("x-team", "blue")
                .containsEntry("authorization", "Bearer key");
        assertThat(receiver.span("work").kind()).isEqualTo("CHAIN");
    }

    @Test
    void headersOfTheEnvironment_areSentUnlessTheCodeGivesSome() {
        Map<String, String> environment =
                Map.of("PHOENIX_CLIENT_HEADERS", "x-env=1", "PHOENIX_API_KEY", "env");
        try (PhoenixOtel otel = otel(environment).register()) {
            otel.tracer("test").chain("a").start().end();
        }
        try (PhoenixOtel otel = otel(environment).headers(Map.of("X-Code", "2")).register()) {
            otel.tracer("test").chain("b").start().end();
        }
        try (PhoenixOtel otel =
                otel(environment).headers(Map.of("AUTHORIZATION", "Basic code")).register()) {
            otel.tracer("test").chain("c").start().end();
        }

        assertThat(receiver.exports().get(0).headers())
                .containsEntry("x-env", "1")
                .containsEntry("authorization", "Bearer env");
        assertThat(receiver.exports().get(1).headers())
                .containsEntry("x-code", "2")
                .doesNotContainKey("x-env")
                .containsEntry("authorization", "Bearer env");
        assertThat(receiver.exports().get(2).headers())
                .containsEntry("authorization", "Basic code");
    }

    @Test
    void standaloneExporters_findTheirWayThemselves() {
        Map<String, String> environment =
                Map.of(
                        "PHOENIX_COLLECTOR_ENDPOINT", receiver.httpUrl(),
                        "PHOENIX_GRPC_PORT", String.valueOf(receiver.grpcPort()),
                        "PHOENIX_API_KEY", "env");

        export("http", PhoenixSpanExporters.http(config(environment).build()));
        export("grpc", PhoenixSpanExporters.grpc(config(environment).build()));

        assertThat(receiver.exports())
                .extracting(OtlpReceiver.Export::path)
                .containsExactly("/v1/traces", "grpc");
        assertThat(receiver.exports())
                .allSatisfy(
                        export ->
                                assertThat(export.headers())
                                        .containsEntry("authorization", "Bearer env"));
    }

    private static void export(String name, SpanExporter exporter) {
        try (SdkTracerProvider provider =
                SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build()) {
            provider.get("test").spanBuilder(name).startSpan().end();
        }
    }
}
