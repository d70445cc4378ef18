package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.core.config.PhoenixConfigException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegisterTest extends OtelTest {

    @Test
    void environment_saysWhereToAndWhichProject() {
        Map<String, String> environment =
                Map.of(
                        "PHOENIX_COLLECTOR_ENDPOINT", receiver.httpUrl() + "/base/",
                        "PHOENIX_PROJECT", "from-env",
                        "PHOENIX_API_KEY", "secret");
        try (PhoenixOtel otel =
                PhoenixOtel.builder()
                        .config(config(environment))
                        .global(false)
                        .verbose(false)
                        .register()) {
            otel.tracer("test").chain("work").start().end();
        }

        OtlpReceiver.Export export = receiver.exports().get(0);
        assertThat(export.path()).isEqualTo("/base/v1/traces");
        assertThat(export.headers())
                .containsEntry("authorization", "Bearer secret")
                .containsEntry("content-type", "application/x-protobuf")
                .containsEntry("content-encoding", "gzip");
        ReceivedSpan span = receiver.span("work");
        assertThat(span.resource())
                .containsEntry("openinference.project.name", "from-env")
                .containsEntry("telemetry.sdk.language", "java");
        assertThat(span.scope()).isEqualTo("test");
        assertThat(span.kind()).isEqualTo("CHAIN");
    }

    @Test
    void project_isDefaultUnlessNamed() {
        try (PhoenixOtel otel = otel().register()) {
            otel.tracer("test").chain("work").start().end();
        }

        assertThat(receiver.span("work").resource())
                .containsEntry("openinference.project.name", "default");
    }

    @Test
    void batch_sendsTogetherAndSimpleOneByOne() {
        try (PhoenixOtel otel = otel().register()) {
            otel.tracer("test").chain("a").start().end();
            otel.tracer("test").chain("b").start().end();
        }
        assertThat(receiver.exports()).hasSize(1);

        receiver.exports().clear();
        try (PhoenixOtel otel = otel().batch(false).register()) {
            otel.tracer("test").chain("a").start().end();
            otel.tracer("test").chain("b").start().end();
        }
        assertThat(receiver.exports()).hasSize(2);
    }

    @Test
    void resource_isMergedButTheProjectIsOurs() {
        Resource resource =
                Resource.builder()
                        .put("service.name", "shop")
                        .put("openinference.project.name", "theirs")
                        .build();
        try (PhoenixOtel otel = otel().projectName("ours").resource(resource).register()) {
            otel.tracer("test").chain("work").start().end();
        }

        assertThat(receiver.span("work").resource())
                .containsEntry("service.name", "shop")
                .containsEntry("openinference.project.name", "ours");
    }

    @Test
    void idGeneratorAndSampler_reachTheProvider() {
        IdGenerator fixed =
                new IdGenerator() {
                    @Override
                    public String generateSpanId() {
                        return "00000000000000ab";
                    }

                    @Override
                    public String generateTraceId() {
                        return "000000000000000000000000000000cd";
                    }
                };
        try (PhoenixOtel otel = otel().idGenerator(fixed).register()) {
            otel.tracer("test").chain("work").start().end();
        }
        assertThat(receiver.span("work").spanId()).isEqualTo("00000000000000ab");
        assertThat(receiver.span("work").traceId()).isEqualTo("000000000000000000000000000000cd");

        receiver.exports().clear();
        try (PhoenixOtel otel = otel().sampler(Sampler.alwaysOff()).register()) {
            otel.tracer("test").chain("work").start().end();
        }
        assertThat(receiver.spans()).isEmpty();
    }

    @Test
    void spanLimits_dropListMembersFirst() {
        SpanLimits limits = SpanLimits.builder().setMaxNumberOfAttributes(4).build();
        try (PhoenixOtel otel = otel().spanLimits(limits).register();
                OiSpan span = otel.tracer("test").llm("work").startScoped()) {
            for (int i = 0; i < 10; i++) {
                span.attribute("llm.input_messages." + i + ".message.content", "bulk");
            }
            span.attribute("llm.token_count.prompt", 7);
            span.output("answer");
        }

        assertThat(receiver.span("work").attributes().keySet())
                .containsExactlyInAnyOrder(
                        "openinference.span.kind",
                        "llm.token_count.prompt",
                        "output.value",
                        "output.mime_type");
    }

    @Test
    void longConversation_isKeptWhole() {
        try (PhoenixOtel otel = otel().register()) {
            OiSpan span = otel.tracer("test").llm("work").start();
            for (int i = 0; i < 2_000; i++) {
                span.attribute("llm.input_messages." + i + ".message.content", "text");
            }
            span.end();
        }

        assertThat(receiver.span("work").attributes()).hasSize(2_001);
    }

    @Test
    void plainOpenTelemetry_isSentToo() {
        try (PhoenixOtel otel = otel().register()) {
            Span span = otel.openTelemetry().getTracer("lib").spanBuilder("plain").startSpan();
            span.end();
            flush(otel);
        }

        assertThat(receiver.span("plain").scope()).isEqualTo("lib");
    }

    @Test
    void disabled_sendsNothing() {
        try (PhoenixOtel otel = PhoenixOtel.disabled()) {
            assertThat(otel.tracer("test").chain("work").<String, RuntimeException>call(() -> "x"))
                    .isEqualTo("x");
        }

        assertThat(receiver.spans()).isEmpty();
    }

    @Test
    void wrongProcessSetting_stopsTheRegistration() {
        PhoenixOtel.Builder builder =
                PhoenixOtel.builder()
                        .config(config(Map.of("PHOENIX_COLLECTOR_ENDPOINT", "nonsense")));

        assertThatThrownBy(builder::register)
                .isInstanceOf(PhoenixConfigException.class)
                .hasMessageStartingWith("PHOENIX_COLLECTOR_ENDPOINT in the environment must be");
    }

    @Test
    void banner_tellsWhereSpansGoAndMasksHeaders() {
        try (CapturedLog log = new CapturedLog();
                PhoenixOtel otel =
                        otel().projectName("shop")
                                .headers(Map.of("X-Team", "secret-team"))
                                .apiKey("secret-key")
                                .verbose(true)
                                .register()) {
            assertThat(otel).isNotNull();
            assertThat(log.infos().get(0).lines())
                    .containsExactly(
                            "Phoenix tracing is on",
                            "  project    shop",
                            "  endpoint   " + receiver.httpUrl() + "/v1/traces",
                            "  protocol   http/protobuf",
                            "  processor  batch",
                            "  headers    authorization=****, x-team=****",
                            "  global     no");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void banner_masksCredentialsInTheEndpoint() {
        try (CapturedLog log = new CapturedLog();
                PhoenixOtel otel =
                        otel().endpoint("http://me:secret@localhost:1/v1/traces")
                                .verbose(true)
                                .register()) {
            assertThat(otel).isNotNull();
            assertThat(log.infos().get(0)).contains("endpoint   http://****@localhost:1/v1/traces");
        }
    }

    @Test
    void banner_warnsOfTheSimpleProcessor() {
        try (CapturedLog log = new CapturedLog();
                PhoenixOtel otel = otel().batch(false).verbose(true).register()) {
            assertThat(otel).isNotNull();
            assertThat(log.infos().get(0)).contains("processor  simple", "headers    none");
            assertThat(log.warnings())
                    .containsExactly(
                            "every span is sent on the thread that ends it; use batch(true) in"
                                    + " production");
        }
    }
}
