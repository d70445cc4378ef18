package dev.phoenix.benchmarks.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.LinkedHashMap;
import java.util.Map;

/** A span in the making: fixed attributes, and prose that fills what they leave of its size. */
final class TemplateSpan {

    /** Ids, times, session and user, and the span's own length. */
    private static final int ADDED_LATER = 104;

    /** Tags and lengths of an attribute besides its key and value. */
    private static final int FRAME = 10;

    private static final int SHORTEST_PROSE = 8;

    private final Span.Builder span =
            Span.newBuilder()
                    .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
                    .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK));
    private final Map<String, Integer> proseWeights = new LinkedHashMap<>();

    TemplateSpan(String name, String kind) {
        span.setName(name);
        text("openinference.span.kind", kind);
    }

    TemplateSpan io(int inputWeight, int outputWeight) {
        return prose("input.value", inputWeight)
                .text("input.mime_type", "text/plain")
                .prose("output.value", outputWeight)
                .text("output.mime_type", "text/plain");
    }

    TemplateSpan prose(String key, int weight) {
        proseWeights.put(key, weight);
        return this;
    }

    TemplateSpan text(String key, String value) {
        // As bytes: the same spans are encoded again and again.
        return attribute(
                key, AnyValue.newBuilder().setStringValueBytes(ByteString.copyFromUtf8(value)));
    }

    TemplateSpan count(String key, long value) {
        return attribute(key, AnyValue.newBuilder().setIntValue(value));
    }

    TemplateSpan number(String key, double value) {
        return attribute(key, AnyValue.newBuilder().setDoubleValue(value));
    }

    /** Without prose. */
    Span build() {
        return span.build();
    }

    Span build(Prose prose, int bytes) {
        int keys = proseWeights.keySet().stream().mapToInt(key -> key.length() + FRAME).sum();
        int left = bytes - ADDED_LATER - keys - span.build().getSerializedSize();
        int weights = proseWeights.values().stream().mapToInt(Integer::intValue).sum();
        proseWeights.forEach(
                (key, weight) ->
                        text(key, prose.text(Math.max(SHORTEST_PROSE, left * weight / weights))));
        return span.build();
    }

    private TemplateSpan attribute(String key, AnyValue.Builder value) {
        span.addAttributes(KeyValue.newBuilder().setKey(key).setValue(value));
        return this;
    }
}
