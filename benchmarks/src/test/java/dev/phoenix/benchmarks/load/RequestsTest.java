package dev.phoenix.benchmarks.load;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestsTest {

    private final Requests requests = new Requests("bench");

    @ParameterizedTest
    @EnumSource
    void spans_are_as_large_as_their_name_says(SpanSize size) {
        var sized = new Requests("bench", size);

        assertThat(sized.encode(3).length / (double) sized.spans() / size.bytes())
                .isCloseTo(1, within(0.03));
        assertThat(sized.encode(3).length).isLessThan(1_100_000);
    }

    @Test
    void a_trace_has_the_spans_of_an_agent_run() {
        assertThat(traces(3).values())
                .hasSize(10)
                .allSatisfy(
                        trace ->
                                assertThat(
                                                trace.stream()
                                                        .collect(
                                                                groupingBy(
                                                                        RequestsTest::kind,
                                                                        counting())))
                                        .isEqualTo(
                                                Map.of(
                                                        "AGENT",
                                                        1L,
                                                        "CHAIN",
                                                        1L,
                                                        "RETRIEVER",
                                                        1L,
                                                        "EMBEDDING",
                                                        1L,
                                                        "LLM",
                                                        4L,
                                                        "TOOL",
                                                        2L)));
    }

    @Test
    void every_span_but_the_root_has_its_parent_in_the_trace() {
        assertThat(traces(3).values())
                .allSatisfy(
                        trace ->
                                assertThat(
                                                trace.stream()
                                                        .map(Span::getParentSpanId)
                                                        .filter(id -> !id.isEmpty()))
                                        .hasSize(9)
                                        .isSubsetOf(trace.stream().map(Span::getSpanId).toList()));
    }

    @Test
    void spans_have_as_many_attributes_as_those_of_real_applications() {
        assertThat(spans(3).stream().mapToInt(Span::getAttributesCount).average().orElseThrow())
                .isBetween(15.0, 19.0);
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

    @Test
    void an_id_tells_the_number_of_its_span() {
        assertThat(requests.spanIds(7_654_321).map(requests::spanNumber))
                .isEqualTo(requests.numbers(7_654_321).boxed().toList());
    }

    private Map<ByteString, List<Span>> traces(long request) {
        return spans(request).stream().collect(groupingBy(Span::getTraceId));
    }

    private List<Span> spans(long request) {
        try {
            return ExportTraceServiceRequest.parseFrom(requests.encode(request))
                    .getResourceSpans(0)
                    .getScopeSpans(0)
                    .getSpansList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static String kind(Span span) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("openinference.span.kind"))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElseThrow();
    }
}
