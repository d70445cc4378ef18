package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GlobalTest extends OtelTest {

    @Test
    void globalTracer_obtainedEarly_followsWhatIsAttached() {
        PhoenixGlobal.attach(OpenTelemetry.noop()).close();
        Tracer early = GlobalOpenTelemetry.getTracer("early");
        early.spanBuilder("nowhere").startSpan().end();

        try (PhoenixOtel outer = otel().global(true).projectName("outer").register()) {
            early.spanBuilder("outer-1").startSpan().end();
            try (PhoenixOtel inner = otel().global(true).projectName("inner").register()) {
                early.spanBuilder("inner").startSpan().end();
                flush(inner);
            }
            early.spanBuilder("outer-2").startSpan().end();
            flush(outer);
        }
        early.spanBuilder("nowhere").startSpan().end();

        assertThat(receiver.spans())
                .extracting(
                        span ->
                                span.name()
                                        + " "
                                        + span.resource().get("openinference.project.name"))
                .containsExactlyInAnyOrder("outer-1 outer", "inner inner", "outer-2 outer");
    }

    @Test
    void mountClosedOutOfOrder_leavesTheTopUntilThatIsClosedToo() {
        OpenTelemetry lower = OpenTelemetry.noop();
        try (PhoenixOtel otel = otel().register()) {
            PhoenixGlobal.Mount bottom = PhoenixGlobal.attach(lower);
            PhoenixGlobal.Mount middle = PhoenixGlobal.attach(lower);
            PhoenixGlobal.Mount top = PhoenixGlobal.attach(otel.openTelemetry());
            middle.close();
            assertThat(PhoenixGlobal.current()).isSameAs(otel.openTelemetry());
            top.close();
            assertThat(PhoenixGlobal.current()).isSameAs(lower);
            bottom.close();
            bottom.close();
        }
        assertThat(PhoenixGlobal.current()).isSameAs(OpenTelemetry.noop());
    }

    @Test
    void registrationThatIsNotGlobal_leavesTheGlobalAlone() {
        try (PhoenixOtel otel = otel().register()) {
            GlobalOpenTelemetry.getTracer("lib").spanBuilder("nowhere").startSpan().end();
            otel.tracer("test").chain("here").start().end();
        }

        assertThat(receiver.spans()).extracting(ReceivedSpan::name).containsExactly("here");
    }

    @Test
    void tracerBuilder_passesVersionOn() {
        try (PhoenixOtel otel = otel().global(true).register()) {
            GlobalOpenTelemetry.tracerBuilder("lib")
                    .setInstrumentationVersion("1.2")
                    .setSchemaUrl("https://example.com/schema")
                    .build()
                    .spanBuilder("work")
                    .startSpan()
                    .end();
            assertThat(GlobalOpenTelemetry.getPropagators().getTextMapPropagator().fields())
                    .contains("traceparent");
        }

        assertThat(receiver.span("work").scope()).isEqualTo("lib");
    }

    @Test
    void processThatEndsWithoutClosing_stillSends() throws Exception {
        Output output = run("unclosed");

        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(receiver.spans()).extracting(ReceivedSpan::name).containsExactly("last words");
        assertThat(output.text())
                .as("two HTTP senders are on the class path")
                .doesNotContain("Multiple HttpSenderProvider");
    }

    @Test
    void grpcWithoutItsSender_saysWhatToAdd() throws Exception {
        Output output = run("grpc", "opentelemetry-exporter-sender-okhttp");

        assertThat(output.exitCode()).isNotZero();
        assertThat(output.text())
                .contains(
                        "sending spans over gRPC needs"
                                + " io.opentelemetry:opentelemetry-exporter-sender-okhttp on the"
                                + " class path; add it, or use http/protobuf");
    }

    @Test
    void globalOfSomebodyElse_staysWithAWarning() throws Exception {
        Output output = run("taken");

        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(output.text())
                .contains("a global OpenTelemetry is already set and stays", "global     no");
    }

    private record Output(int exitCode, String text) {}

    /** What happens once per process, or to a class path, needs a process of its own. */
    private Output run(String scenario, String... withoutJars)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder =
                new ProcessBuilder(
                                java,
                                "-cp",
                                classPath(withoutJars),
                                OwnProcess.class.getName(),
                                scenario)
                        .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PHOENIX_"));
        builder.environment().put("PHOENIX_COLLECTOR_ENDPOINT", receiver.httpUrl());
        builder.environment().put("PHOENIX_DISCOVER_CONFIG", "false");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Output(process.exitValue(), text);
    }

    private static String classPath(String... withoutJars) {
        String all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
                .filter(entry -> Stream.of(withoutJars).noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static final class OwnProcess {

        private OwnProcess() {}

        public static void main(String[] arguments) {
            if (arguments[0].equals("taken")) {
                GlobalOpenTelemetry.set(OpenTelemetry.noop());
            }
            PhoenixOtel.Builder builder = PhoenixOtel.builder();
            if (arguments[0].equals("grpc")) {
                builder.protocol(Protocol.GRPC);
            }
            PhoenixOtel otel = builder.register();
            if (arguments[0].equals("unclosed")) {
                otel.tracer("test").chain("last words").start().end();
            }
        }
    }
}
