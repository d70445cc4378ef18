package dev.phoenix.benchmarks.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * What an instrumentation library sent, again and again: every copy has ids, sessions and response
 * ids of its own, or it would be a repetition.
 */
public final class RecordedRequests {

    /** So many spans make a request, at least. */
    private static final int SPANS = 100;

    private static final Pattern RESPONSE_ID =
            Pattern.compile("\\b((?:chatcmpl|cmpl|resp|msg|gen)[-_])[A-Za-z0-9]{6,}");

    private static final Pattern SESSION =
            Pattern.compile("(?i).*(?:session|thread|conversation)[._]?id");

    private final ExportTraceServiceRequest recorded;
    private final int copies;
    private final int recordedSpans;
    private final SplittableRandom random = new SplittableRandom();

    public RecordedRequests(Path file) throws IOException {
        this(ExportTraceServiceRequest.parseFrom(Files.readAllBytes(file)));
    }

    public RecordedRequests(ExportTraceServiceRequest recorded) {
        this.recorded = recorded;
        recordedSpans =
                recorded.getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .mapToInt(scope -> scope.getSpansCount())
                        .sum();
        copies = (SPANS + recordedSpans - 1) / recordedSpans;
    }

    /** As it was sent, once. */
    public ExportTraceServiceRequest recorded() {
        return recorded;
    }

    /** Spans in each request. */
    public int spans() {
        return copies * recordedSpans;
    }

    public byte[] encode() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int i = 0; i < copies; i++) {
            ExportTraceServiceRequest.Builder copy = recorded.toBuilder();
            byte[] bits = new byte[16];
            random.nextBytes(bits);
            copy.getResourceSpansBuilderList()
                    .forEach(
                            resource ->
                                    resource.getScopeSpansBuilderList()
                                            .forEach(
                                                    scope ->
                                                            scope.getSpansBuilderList()
                                                                    .forEach(s -> own(s, bits))));
            request.mergeFrom(copy.build());
        }
        return request.build().toByteArray();
    }

    private static void own(Span.Builder span, byte[] bits) {
        span.setTraceId(own(span.getTraceId(), bits))
                .setSpanId(own(span.getSpanId(), bits))
                .setParentSpanId(own(span.getParentSpanId(), bits));
        String salt = HexFormat.of().formatHex(bits);
        span.getAttributesBuilderList().forEach(attribute -> own(attribute, salt));
    }

    private static void own(KeyValue.Builder attribute, String salt) {
        if (!attribute.getValue().hasStringValue()) {
            return;
        }
        String text = attribute.getValue().getStringValue();
        String changed =
                SESSION.matcher(attribute.getKey()).matches()
                        ? text + salt
                        : RESPONSE_ID.matcher(text).replaceAll(id -> id.group(1) + salt);
        if (!changed.equals(text)) {
            attribute.getValueBuilder().setStringValue(changed);
        }
    }

    /** The same bits change in every id, which keeps who refers to whom. */
    private static ByteString own(ByteString id, byte[] bits) {
        byte[] bytes = id.toByteArray();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= bits[i];
        }
        return ByteString.copyFrom(bytes);
    }
}
