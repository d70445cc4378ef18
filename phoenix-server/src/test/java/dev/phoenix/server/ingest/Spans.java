package dev.phoenix.server.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Spans with ids of their own, for tests. */
public final class Spans {

    public static final long START_NS = 1_760_000_000_000_000_000L;

    private Spans() {}

    public static ByteString id(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        id[0] |= 1;
        return ByteString.copyFrom(id);
    }

    public static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    public static Span.Builder span(ByteString traceId, String name) {
        return Span.newBuilder()
                .setTraceId(traceId)
                .setSpanId(id(8))
                .setName(name)
                .setStartTimeUnixNano(START_NS)
                .setEndTimeUnixNano(START_NS + 1_000_000);
    }

    public static Span.Builder llm(
            ByteString traceId, String name, long promptTokens, long completionTokens) {
        return span(traceId, name)
                .addAttributes(text("openinference.span.kind", "LLM"))
                .addAttributes(number("llm.token_count.prompt", promptTokens))
                .addAttributes(number("llm.token_count.completion", completionTokens));
    }

    public static ExportTraceServiceRequest request(String project, Span.Builder... spans) {
        return request(project, Arrays.stream(spans).map(Span.Builder::build).toList());
    }

    public static ExportTraceServiceRequest request(String project, List<Span> spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .setResource(
                                        Resource.newBuilder()
                                                .addAttributes(
                                                        text(
                                                                "openinference.project.name",
                                                                project)))
                                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(spans)))
                .build();
    }

    public static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    public static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }
}
