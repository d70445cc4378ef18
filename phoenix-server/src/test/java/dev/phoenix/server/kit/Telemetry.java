package dev.phoenix.server.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Spans sent to a server over OTLP, in a project of their own. Traces and spans are numbered; times
 * are nanoseconds from {@link #EPOCH}.
 */
public final class Telemetry {

    public static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    /** Ids are unique across tests and runs against one database. */
    private static final AtomicLong FIXTURES = new AtomicLong(System.nanoTime());

    private final TestServer server;
    private final String project;
    private final String prefix;
    private final ScopeSpans.Builder spans = ScopeSpans.newBuilder();

    private Telemetry(TestServer server, String project, String prefix) {
        this.server = server;
        this.project = project;
        this.prefix = prefix;
    }

    public static Telemetry of(TestServer server) {
        return of(server, server.projectName());
    }

    public static Telemetry of(TestServer server, String project) {
        return new Telemetry(server, project, "%016x".formatted(FIXTURES.incrementAndGet()));
    }

    /** The same project and ids, sent to another server on the same database. */
    public Telemetry on(TestServer other) {
        return new Telemetry(other, project, prefix);
    }

    public String project() {
        return project;
    }

    public String traceId(int trace) {
        return prefix + "%016x".formatted(trace);
    }

    public String spanId(int span) {
        return prefix.substring(8) + "%08x".formatted(span);
    }

    public Telemetry span(int trace, int span, long startNs, long endNs) {
        return span(trace, span, startNs, endNs, any -> {});
    }

    public Telemetry span(
            int trace, int span, long startNs, long endNs, Consumer<SpanDraft> details) {
        long epoch = EPOCH.getEpochSecond() * 1_000_000_000L;
        Span.Builder builder =
                spans.addSpansBuilder()
                        .setTraceId(bytes(traceId(trace)))
                        .setSpanId(bytes(spanId(span)))
                        .setName("span " + span)
                        .setStartTimeUnixNano(epoch + startNs)
                        .setEndTimeUnixNano(epoch + endNs);
        details.accept(new SpanDraft(builder, this));
        return this;
    }

    /** Sends everything drafted since the last time; it is stored on return. */
    public Telemetry send() {
        var resource =
                Resource.newBuilder()
                        .addAttributes(attribute("openinference.project.name", project))
                        .addAttributes(attribute("service.name", "checkout"));
        spans.getScopeBuilder().setName("test-scope").setVersion("1.2");
        var request =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(
                                ResourceSpans.newBuilder()
                                        .setResource(resource)
                                        .addScopeSpans(spans));
        var response =
                server.post("/v1/traces", "application/x-protobuf", request.build().toByteArray());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        spans.clear();
        return this;
    }

    private static KeyValue attribute(String key, Object value) {
        return KeyValue.newBuilder().setKey(key).setValue(value(value)).build();
    }

    private static AnyValue value(Object value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        return switch (value) {
            case String text -> any.setStringValue(text).build();
            case Boolean bool -> any.setBoolValue(bool).build();
            case Integer number -> any.setIntValue(number).build();
            case Long number -> any.setIntValue(number).build();
            case Double number -> any.setDoubleValue(number).build();
            case List<?> list -> any.setArrayValue(array(list)).build();
            case Map<?, ?> map -> any.setKvlistValue(members(map)).build();
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    private static ArrayValue array(List<?> list) {
        return ArrayValue.newBuilder()
                .addAllValues(list.stream().map(Telemetry::value).toList())
                .build();
    }

    private static KeyValueList members(Map<?, ?> map) {
        KeyValueList.Builder members = KeyValueList.newBuilder();
        map.forEach((name, value) -> members.addValues(attribute(name.toString(), value)));
        return members.build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.fromHex(hex);
    }

    /** What a span is beside its ids and times. */
    public static final class SpanDraft {

        private final Span.Builder span;
        private final Telemetry telemetry;

        private SpanDraft(Span.Builder span, Telemetry telemetry) {
            this.span = span;
            this.telemetry = telemetry;
        }

        public SpanDraft parent(int parent) {
            span.setParentSpanId(bytes(telemetry.spanId(parent)));
            return this;
        }

        public SpanDraft name(String name) {
            span.setName(name);
            return this;
        }

        public SpanDraft kind(String kind) {
            return attribute("openinference.span.kind", kind);
        }

        public SpanDraft tokens(int prompt, int completion) {
            return kind("LLM")
                    .attribute("llm.token_count.prompt", prompt)
                    .attribute("llm.token_count.completion", completion);
        }

        public SpanDraft error(String message) {
            span.setStatus(
                    Status.newBuilder()
                            .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                            .setMessage(message));
            return this;
        }

        public SpanDraft ok() {
            span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK));
            return this;
        }

        public SpanDraft attribute(String key, Object value) {
            span.addAttributes(Telemetry.attribute(key, value));
            return this;
        }

        public SpanDraft event(String name, long timeNs, Map<String, Object> attributes) {
            Span.Event.Builder event =
                    span.addEventsBuilder()
                            .setName(name)
                            .setTimeUnixNano(EPOCH.getEpochSecond() * 1_000_000_000L + timeNs);
            attributes.forEach(
                    (key, value) -> event.addAttributes(Telemetry.attribute(key, value)));
            return this;
        }

        public SpanDraft link(int trace, int toSpan) {
            span.addLinksBuilder()
                    .setTraceId(bytes(telemetry.traceId(trace)))
                    .setSpanId(bytes(telemetry.spanId(toSpan)))
                    .addAttributes(Telemetry.attribute("why", "retry"));
            return this;
        }
    }
}
