package dev.phoenix.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OneTraceTest {

    @ParameterizedTest
    @EnumSource
    void has_all_its_spans_below_one_root(TraceShape shape) {
        var trace = new OneTrace("one", shape, 250);
        List<Span> spans = spans(trace);
        List<ByteString> ids = spans.stream().map(Span::getSpanId).toList();

        assertThat(trace.requests()).isEqualTo(3);
        assertThat(ids).hasSize(250).doesNotHaveDuplicates();
        assertThat(spans.stream().map(Span::getTraceId).distinct()).hasSize(1);
        assertThat(spans.stream().filter(span -> span.getParentSpanId().isEmpty()))
                .singleElement()
                .satisfies(
                        root ->
                                assertThat(HexFormat.of().formatHex(root.getSpanId().toByteArray()))
                                        .isEqualTo(trace.rootId()));
        assertThat(spans.stream().map(Span::getParentSpanId).filter(id -> !id.isEmpty()))
                .hasSize(249)
                .isSubsetOf(ids);
        assertThat(spans)
                .filteredOn(span -> span.getStatus().getCode() == StatusCode.STATUS_CODE_ERROR)
                .hasSize(1);
    }

    @Test
    void a_chain_comes_from_the_end_that_was_asked_for() {
        Span first = spans(new OneTrace("one", TraceShape.CHAIN, 5)).getFirst();
        Span last = spans(new OneTrace("one", TraceShape.CHAIN_LEAF_FIRST, 5)).getLast();

        assertThat(first.getParentSpanId()).isEqualTo(ByteString.EMPTY);
        assertThat(last.getParentSpanId()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void a_tree_has_ten_children_each() {
        assertThat(IntStream.rangeClosed(1, 21).map(TraceShape.TREE::parent))
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2);
    }

    private static List<Span> spans(OneTrace trace) {
        return IntStream.range(0, trace.requests())
                .mapToObj(trace::encode)
                .flatMap(request -> parsed(request).stream())
                .toList();
    }

    private static List<Span> parsed(byte[] request) {
        try {
            return ExportTraceServiceRequest.parseFrom(request)
                    .getResourceSpans(0)
                    .getScopeSpans(0)
                    .getSpansList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
