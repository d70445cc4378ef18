package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ProcessorsTest extends OtelTest {

    @Test
    void firstAddedProcessor_replacesTheDefaultWhichSendsWhatItHolds() {
        Recorder first = new Recorder();
        Recorder second = new Recorder();
        try (PhoenixOtel otel = otel().register()) {
            OiTracer tracer = otel.tracer("test");
            tracer.chain("before").start().end();
            otel.tracerProvider().addSpanProcessor(first);
            tracer.chain("between").start().end();
            otel.tracerProvider().addSpanProcessor(second);
            tracer.chain("after").start().end();
            assertThat(first.isShutDown).isFalse();
        }

        assertThat(receiver.spans()).extracting(ReceivedSpan::name).containsExactly("before");
        assertThat(first.ended).containsExactly("between", "after");
        assertThat(second.ended).containsExactly("after");
        assertThat(first.isShutDown).isTrue();
    }

    @Test
    void addedProcessor_mayLeaveTheDefault() {
        Recorder added = new Recorder();
        try (PhoenixOtel otel = otel().register()) {
            otel.tracerProvider().addSpanProcessor(added, false);
            otel.tracer("test").chain("work").start().end();
        }

        assertThat(receiver.spans()).extracting(ReceivedSpan::name).containsExactly("work");
        assertThat(added.ended).containsExactly("work");
    }

    @Test
    void processorsOfTheBuilder_standInsteadOfTheDefaultOrBesideIt() {
        Recorder instead = new Recorder();
        try (PhoenixOtel otel = otel().addSpanProcessor(instead).register()) {
            otel.tracer("test").chain("a").start().end();
        }
        assertThat(receiver.spans()).isEmpty();
        assertThat(instead.ended).containsExactly("a");

        Recorder beside = new Recorder();
        try (CapturedLog log = new CapturedLog();
                PhoenixOtel otel =
                        otel().addSpanProcessor(beside)
                                .replaceDefaultProcessor(false)
                                .verbose(true)
                                .register()) {
            otel.tracer("test").chain("b").start().end();
            assertThat(log.infos().get(0)).contains("processor  batch and 1 of the application");
        }
        assertThat(receiver.spans()).extracting(ReceivedSpan::name).containsExactly("b");
        assertThat(beside.ended).containsExactly("b");
    }

    @Test
    void lazyProcessor_handsEarlySpansOverOnceAndInOrder() {
        LazySpanProcessor lazy = LazySpanProcessor.keeping(10);
        Recorder target = new Recorder();
        try (PhoenixOtel otel = otel().addSpanProcessor(lazy).register()) {
            OiTracer tracer = otel.tracer("test");
            tracer.chain("early-1").start().end();
            tracer.chain("early-2").start().end();
            flush(otel);
            lazy.resolve(target);
            tracer.chain("late").start().end();
            flush(otel);
        }

        assertThat(target.ended).containsExactly("early-1", "early-2", "late");
        assertThat(target.started).containsExactly("late");
        assertThat(target.isShutDown).isTrue();
        assertThatThrownBy(() -> lazy.resolve(target)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void lazyProcessor_keepsNoMoreThanItsBoundAndSaysSo() {
        LazySpanProcessor lazy = LazySpanProcessor.keeping(2);
        Recorder target = new Recorder();
        try (CapturedLog log = new CapturedLog();
                PhoenixOtel otel = otel().addSpanProcessor(lazy).register()) {
            for (String name : List.of("a", "b", "c")) {
                otel.tracer("test").chain(name).start().end();
            }
            lazy.resolve(target);
            assertThat(log.warnings())
                    .containsExactly("1 spans were dropped before it was known where to send them");
        }

        assertThat(target.ended).containsExactly("a", "b");
        assertThatThrownBy(() -> LazySpanProcessor.keeping(0))
                .hasMessage("maxSpans must be at least 1, was 0");
    }

    private static final class Recorder implements SpanProcessor {

        final List<String> started = new CopyOnWriteArrayList<>();
        final List<String> ended = new CopyOnWriteArrayList<>();
        volatile boolean isShutDown;

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            started.add(span.getName());
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            assertThat(isShutDown).isFalse();
            ended.add(span.getName());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public CompletableResultCode shutdown() {
            isShutDown = true;
            return CompletableResultCode.ofSuccess();
        }
    }
}
