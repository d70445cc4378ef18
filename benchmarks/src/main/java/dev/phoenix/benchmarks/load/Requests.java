package dev.phoenix.benchmarks.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Export requests of one run, by number: 100 spans in ten traces, two traces a session. */
public final class Requests {

    public static final int SPANS = 100;

    private static final int TRACES_PER_SESSION = 2;
    private static final TraceTemplates TEMPLATES = new TraceTemplates();

    private final SpanIds ids = SpanIds.random();
    private final Resource resource;

    public Requests(String project) {
        resource =
                Resource.newBuilder()
                        .addAttributes(text("service.name", "support"))
                        .addAttributes(text("openinference.project.name", project))
                        .build();
    }

    public byte[] encode(long request) {
        long sentAt = nanosOf(Instant.now());
        var spans =
                ScopeSpans.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName("phoenix.benchmarks"));
        numbers(request).forEach(number -> spans.addSpans(span(number, sentAt)));
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource).addScopeSpans(spans))
                .build()
                .toByteArray();
    }

    /** The ids of a request's spans, as the server stores them. */
    public Stream<String> spanIds(long request) {
        return numbers(request).mapToObj(ids::spanIdText);
    }

    private Span span(long number, long sentAt) {
        long trace = number / TraceTemplates.SPANS;
        int position = (int) (number % TraceTemplates.SPANS);
        long start = sentAt - TimeUnit.MILLISECONDS.toNanos(2_000 - 150L * position);
        int parent = TraceTemplates.PARENTS[position];
        Span.Builder span =
                TEMPLATES.span(number).toBuilder()
                        .setTraceId(ByteString.copyFrom(ids.traceId(trace)))
                        .setSpanId(ByteString.copyFrom(ids.spanId(number)))
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + TimeUnit.MILLISECONDS.toNanos(140))
                        .addAttributes(text("session.id", "session-" + trace / TRACES_PER_SESSION))
                        .addAttributes(text("user.id", "user-" + trace % 500));
        if (parent >= 0) {
            span.setParentSpanId(ByteString.copyFrom(ids.spanId(number - position + parent)));
        }
        return span.build();
    }

    private static LongStream numbers(long request) {
        return LongStream.range(request * SPANS, (request + 1) * SPANS);
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static long nanosOf(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
