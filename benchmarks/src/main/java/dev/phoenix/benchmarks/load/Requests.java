package dev.phoenix.benchmarks.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Export requests of one run, by number: whole traces of ten spans, two traces a session. */
public final class Requests {

    private static final int TRACES_PER_SESSION = 2;

    private final SpanIds ids = SpanIds.random();
    private final Sdk sdk;
    private final SpanSize size;
    private final @Nullable History history;
    private final TraceTemplates templates;

    public Requests(String project) {
        this(project, SpanSize.KB_2);
    }

    public Requests(String project, SpanSize size) {
        this(project, size, null);
    }

    private Requests(String project, SpanSize size, @Nullable History history) {
        sdk = new Sdk(project);
        this.size = size;
        this.history = history;
        templates = new TraceTemplates(size);
    }

    /** Traces of the past, of 2 KB spans, instead of such as end when they are sent. */
    public static Requests of(History history) {
        return new Requests(history.project(), SpanSize.KB_2, history);
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
        long start =
                (history == null ? sentAt - TimeUnit.SECONDS.toNanos(2) : history.startNs(trace))
                        + TimeUnit.MILLISECONDS.toNanos(150L * position);
        long latency =
                history == null ? TimeUnit.MILLISECONDS.toNanos(140) : history.latencyNs(number);
        int parent = TraceTemplates.PARENTS[position];
        Span.Builder span =
                templates.span(number).toBuilder()
                        .setTraceId(ByteString.copyFrom(ids.traceId(trace)))
                        .setSpanId(ByteString.copyFrom(ids.spanId(number)))
                        .setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + latency)
                        .addAttributes(Sdk.text("session.id", session(trace)))
                        .addAttributes(Sdk.text("user.id", "user-" + trace % 500));
        if (history != null && history.fails(number)) {
            span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
        }
        if (parent >= 0) {
            span.setParentSpanId(ByteString.copyFrom(ids.spanId(number - position + parent)));
        }
        return span.build();
    }

    private String session(long trace) {
        String name = "session-" + trace / TRACES_PER_SESSION;
        return history == null ? name : history.project() + name;
    }

    private static long nanosOf(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }
}
