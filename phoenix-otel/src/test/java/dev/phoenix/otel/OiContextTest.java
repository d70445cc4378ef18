package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OiContextTest extends OtelTest {

    private final PhoenixOtel otel = otel().register();
    private final OiTracer tracer = otel.tracer("test");

    @AfterEach
    void closeOtel() {
        otel.close();
    }

    @Test
    void values_reachEverySpanInside() {
        try (Scope scope =
                OiContext.builder()
                        .sessionId("s")
                        .userId("u")
                        .metadata(Map.of("k", 1))
                        .tags("a", "b")
                        .promptTemplate("Hi {name}")
                        .promptTemplateVersion("v1")
                        .promptTemplateVariables(Map.of("name", "Ada"))
                        .open()) {
            assertThat(scope).isNotNull();
            tracer.chain("inside").start().end();
        }
        tracer.chain("outside").start().end();

        assertThat(received("inside").attributes())
                .isEqualTo(
                        Map.of(
                                "openinference.span.kind", "CHAIN",
                                "session.id", "s",
                                "user.id", "u",
                                "metadata", "{\"k\":1}",
                                "tag.tags", List.of("a", "b"),
                                "llm.prompt_template.template", "Hi {name}",
                                "llm.prompt_template.version", "v1",
                                "llm.prompt_template.variables", "{\"name\":\"Ada\"}"));
        assertThat(receiver.span("outside").attributes().keySet())
                .containsExactly("openinference.span.kind");
    }

    @Test
    void scopes_overrideKeyByKeyAndRestore() {
        try (Scope outer = OiContext.builder().sessionId("s1").userId("u1").open()) {
            try (Scope inner =
                    OiContext.builder()
                            .sessionId("s2")
                            .userId("")
                            .metadata(Map.of())
                            .tags()
                            .open()) {
                assertThat(inner).isNotSameAs(outer);
                tracer.chain("inner").start().end();
            }
            tracer.chain("outer").start().end();
        }

        assertThat(received("inner").attributes())
                .containsEntry("session.id", "s2")
                .containsEntry("user.id", "u1")
                .doesNotContainKeys("metadata", "tag.tags");
        assertThat(receiver.span("outer").attributes()).containsEntry("session.id", "s1");
    }

    @Test
    void valuesOfASpan_winOverThoseOfTheContext() {
        Context context = OiContext.builder().sessionId("s1").storeIn(Context.root());
        tracer.chain("work").parent(context).attribute("session.id", "s2").start().end();

        assertThat(received("work").attributes()).containsEntry("session.id", "s2");
    }

    @Test
    void suppressedWork_leavesNoSpanOfAnyone() {
        tracer.chain("outer")
                .call(
                        outer -> {
                            try (Scope scope = OiContext.suppressTracing()) {
                                assertThat(scope).isNotNull();
                                OiSpan silent = tracer.llm("silent").start();
                                assertThat(silent.span().isRecording()).isFalse();
                                assertThat(silent.span().getSpanContext())
                                        .isEqualTo(outer.span().getSpanContext());
                                silent.output("x").end();
                                otel.openTelemetry()
                                        .getTracer("other")
                                        .spanBuilder("other")
                                        .startSpan()
                                        .end();
                            }
                            tracer.llm("loud").start().end();
                            return "x";
                        });

        flush(otel);
        assertThat(receiver.spans())
                .extracting(ReceivedSpan::name)
                .containsExactlyInAnyOrder("outer", "loud");
    }

    private ReceivedSpan received(String name) {
        flush(otel);
        return receiver.span(name);
    }
}
