package dev.phoenix.benchmarks.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Export requests of one run, by number: whole traces of ten spans, two traces a session. */
public final class Requests {

    private static final int TRACES_PER_SESSION = 2;

    private final SpanIds ids = SpanIds.random();
    private final Sdk sdk;
    private final SpanSize size;
    private final TraceTemplates templates;

    public Requests(String project) {
        this(project, SpanSize.KB_2);
    }

    public Requests(String project, SpanSize size) {
        sdk = new Sdk(project);
        this.size = size;
        templates = new TraceTemplates(size);
    }

    /** Spans in each request. */
    public int spans() {
        return size.spansPerRequest();
    }

    public byte[] encode(long request) {
        long sentAt = nanosOf(Instant.now());
        return sdk.encode(numbers(request).mapToObj(number -> span(number, sentAt)));
    }

    /** The ids of a request's spans, as the server stores them. */
    public Stream<String> spanIds(long request) {
        return numbers(request).mapToObj(ids::spanIdText);
    }

    /** The number of the span with this id; for an id of somebody else just any number. */
    public long spanNumber(String id) {
        return ids.spanNumber(id);
    }

    /** The numbers of a request's spans. */
    public LongStream numbers(long request) {
        return LongStream.range(request * spans(), (request + 1) * spans());
    }

    private Span span(long number, long sentAt) {
        long trace = number / TraceTemplates.SPANS;
        int position = (int) (number % TraceTemplates.SPANS);
        long start = sentAt - TimeUnit.MILLISECONDS.toNanos(2_000 - 150L * position);
        int parent = TraceTemplates.PARENTS[position];
        Span.Builder span =
                templates.span(number).toBuilder()
                        .setTraceId(ByteString.copyFrom(ids.traceId(trace)))
                        .setSpanId(ByteString.copyFrom(ids.spanId(number)))
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + TimeUnit.MILLISECONDS.toNanos(140))
                        .addAttributes(
                                Sdk.text("session.id", "session-" + trace / TRACES_PER_SESSION))
                        .addAttributes(Sdk.text("user.id", "user-" + trace % 500));
        if (parent >= 0) {
            span.setParentSpanId(ByteString.copyFrom(ids.spanId(number - position + parent)));
        }
        return span.build();
    }

    private static long nanosOf(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
