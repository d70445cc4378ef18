package dev.phoenix.benchmarks.load;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private final Requests requests = new Requests("bench");

    @Test
    void spans_are_as_large_as_those_of_real_applications() throws Exception {
        long bytes = LongStream.range(0, 40).map(request -> requests.encode(request).length).sum();
        double attributes =
                LongStream.range(0, 40)
                        .boxed()
                        .flatMap(request -> spans(request).stream())
                        .mapToInt(Span::getAttributesCount)
                        .average()
                        .orElseThrow();

        assertThat(bytes / 40.0 / Requests.SPANS).isBetween(2_000.0, 2_250.0);
        assertThat(attributes).isBetween(13.0, 18.0);
    }

    @Test
    void a_request_has_ten_whole_traces() {
        Map<ByteString, List<Span>> traces =
                spans(3).stream().collect(groupingBy(Span::getTraceId));

        assertThat(traces).hasSize(10);
        assertThat(traces.values())
                .allSatisfy(
                        trace -> {
                            List<ByteString> ids = trace.stream().map(Span::getSpanId).toList();
                            assertThat(trace).hasSize(10);
                            assertThat(
                                            trace.stream()
                                                    .map(Span::getParentSpanId)
                                                    .filter(id -> !id.isEmpty()))
                                    .hasSize(9)
                                    .isSubsetOf(ids);
                        });
    }

    @Test
    void ids_never_repeat_and_can_be_computed_again() {
        List<String> sent =
                LongStream.range(0, 50)
                        .boxed()
                        .flatMap(request -> spans(request).stream())
                        .map(span -> HexFormat.of().formatHex(span.getSpanId().toByteArray()))
                        .toList();

        assertThat(sent).doesNotHaveDuplicates();
        assertThat(LongStream.range(0, 50).boxed().flatMap(requests::spanIds)).isEqualTo(sent);
    }

    private Collection<Span> spansOf(ExportTraceServiceRequest request) {
        return request.getResourceSpans(0).getScopeSpans(0).getSpansList();
    }

    private Collection<Span> spans(long request) {
        try {
            return spansOf(ExportTraceServiceRequest.parseFrom(requests.encode(request)));
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
