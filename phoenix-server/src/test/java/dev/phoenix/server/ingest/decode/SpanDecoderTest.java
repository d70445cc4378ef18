package dev.phoenix.server.ingest.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.ingest.dialect.Dialects;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanDecoderTest {

    private static final SpanDecoder DECODER = DecodedRecordings.decoder(new Dialects());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    metadata                          | {"a":1}      | {"metadata":{"a":1}}
                    foo_metadata                      | [1, 2.50]    | {"foo_metadata":[1,2.5]}
                    metadata                          | {}           | {"metadata":{}}
                    metadata                          | "text"       | {"metadata":"text"}
                    metadata                          | null         | {}
                    metadata                          | {broken      | {"metadata":"{broken"}
                    metadata                          | {"x":NaN}    | {"metadata":{"x":null}}
                    tool.parameters                   | {"q":"é"}    | {"tool":{"parameters":{"q":"é"}}}
                    llm.prompt_template.variables     | {"v":true}   | {"llm":{"prompt_template":{"variables":{"v":true}}}}
                    retrieval.documents.0.document.metadata | {"p":1} | {"retrieval":{"documents":[{"document":{"metadata":{"p":1}}}]}}
                    llm.invocation_parameters         | {"a":1}      | {"llm":{"invocation_parameters":"{\\"a\\":1}"}}
                    llm.token_count.prompt            | 12           | {"llm":{"token_count":{"prompt":12}}}
                    llm.token_count.total             | many         | {"llm":{"token_count":{"total":"many"}}}
                    """)
    void text_that_holds_json_or_a_count_is_opened_by_its_key(
            String key, String text, String attributes) {
        assertThat(decode(span(key, string(text))).payload().attributes()).isEqualTo(attributes);
    }

    @Test
    void token_counts_of_any_type_become_whole_numbers() {
        assertThat(attributes("llm.token_count.prompt", number(12.7))).isEqualTo(tokens("12"));
        assertThat(
                        attributes(
                                "llm.token_count.prompt",
                                AnyValue.newBuilder().setBoolValue(true).build()))
                .isEqualTo(tokens("1"));
        assertThat(attributes("llm.token_count.prompt", number(Double.NaN)))
                .isEqualTo(tokens("null"));
    }

    @Test
    void input_that_is_no_text_becomes_json_text() {
        assertThat(attributes("input.value", number(5)))
                .isEqualTo("{\"input\":{\"value\":\"5.0\",\"mime_type\":\"application/json\"}}");
        assertThat(attributes("input.value.question", string("why")))
                .isEqualTo(
                        "{\"input\":{\"value\":\"{\\\"question\\\":\\\"why\\\"}\",\"mime_type\":\"application/json\"}}");
        assertThat(attributes("input.value", AnyValue.newBuilder().setBoolValue(false).build()))
                .isEqualTo("{\"input\":{\"value\":false}}");
    }

    @Test
    void characters_that_databases_refuse_are_replaced() {
        DecodedSpan span = decode(span("k\0", string("a\0b")).setName("n\0"));

        assertThat(span.name()).isEqualTo("n\uFFFD");
        assertThat(span.payload().attributes()).isEqualTo("{\"k\uFFFD\":\"a\uFFFDb\"}");
    }

    @Test
    void bytes_are_base64_and_infinities_null() {
        assertThat(
                        attributes(
                                "b",
                                AnyValue.newBuilder()
                                        .setBytesValue(ByteString.copyFrom(new byte[] {1, 2}))
                                        .build()))
                .isEqualTo("{\"b\":\"AQI=\"}");
        assertThat(attributes("d", number(Double.POSITIVE_INFINITY))).isEqualTo("{\"d\":null}");
    }

    @Test
    void exception_event_keeps_what_describes_the_exception() {
        Span.Event event =
                Span.Event.newBuilder()
                        .setName("exception")
                        .setTimeUnixNano(1_700_000_000_123_456_789L)
                        .addAttributes(pair("exception.type", string("IOException")))
                        .addAttributes(pair("thread", string("main")))
                        .build();

        assertThat(decode(span("k", string("v")).addEvents(event)).payload().events())
                .isEqualTo(
                        """
                        [{"name":"exception","timestamp":"2023-11-14T22:13:20.123456+00:00",\
                        "attributes":{"exception.message":"","exception.type":"IOException"}}]\
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "llm,LLM",
        "Decision,DECISION",
        "TOOL,TOOL",
        "123,UNKNOWN",
        "'',UNKNOWN",
        "ſpan,UNKNOWN"
    })
    void kind_is_matched_in_any_case(String sent, String kind) {
        DecodedSpan span = decode(span("openinference.span.kind", string(sent)));

        assertThat(span.kind()).isEqualTo(kind);
        assertThat(span.payload().attributes()).contains("\"" + sent + "\"");
    }

    @Test
    void session_id_of_any_scalar_type_becomes_text() {
        assertThat(sessionOf(AnyValue.newBuilder().setBoolValue(true).build())).isEqualTo("True");
        assertThat(sessionOf(number(1))).isEqualTo("1.0");
        assertThat(sessionOf(AnyValue.newBuilder().setIntValue(7).build())).isEqualTo("7");
        assertThat(sessionOf(string(" s "))).isEqualTo("s");
        assertThat(sessionOf(string("  "))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "1.5e300, 1.5e+300",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "-2.5, -2.5",
        "-1.25e-7, -1.25e-07",
        "NaN, nan",
        "-Infinity, -inf",
        "-0.0, -0.0"
    })
    void session_id_of_a_real_number_is_written_as_python_does(double number, String text) {
        assertThat(sessionOf(number(number))).isEqualTo(text);
    }

    @Test
    void session_id_of_a_list_or_map_is_written_as_python_does() {
        ArrayValue list =
                ArrayValue.newBuilder()
                        .addValues(string("a"))
                        .addValues(string("it's \"b\"\n"))
                        .addValues(string("it's"))
                        .addValues(AnyValue.getDefaultInstance())
                        .addValues(AnyValue.newBuilder().setBoolValue(false))
                        .build();
        assertThat(sessionOf(AnyValue.newBuilder().setArrayValue(list).build()))
                .isEqualTo("['a', 'it\\'s \"b\"\\n', \"it's\", None, False]");
        KeyValueList map = KeyValueList.newBuilder().addValues(pair("k", number(2))).build();
        assertThat(sessionOf(AnyValue.newBuilder().setKvlistValue(map).build()))
                .isEqualTo("{'k': 2.0}");
    }

    @Test
    void content_hash_ignores_the_order_of_attributes_and_nothing_else() {
        Span.Builder span = span("a", string("1")).addAttributes(pair("b.c", string("2")));
        Span.Builder turned =
                span("b.c", string("2"))
                        .addAttributes(pair("a", string("0")))
                        .addAttributes(pair("a", string("1")));
        long hash = contentHash(span);

        assertThat(contentHash(turned)).isEqualTo(hash);
        assertThat(contentHash(span("a", string("2")).addAttributes(pair("b.c", string("1")))))
                .isNotEqualTo(hash);
        assertThat(contentHash(span("a", number(1)).addAttributes(pair("b.c", string("2")))))
                .isNotEqualTo(hash);
        assertThat(contentHash(span.clone().setName("other"))).isNotEqualTo(hash);
        assertThat(contentHash(span.clone().setEndTimeUnixNano(2001))).isNotEqualTo(hash);
        assertThat(contentHash(span.clone().addEvents(Span.Event.newBuilder().setName("e"))))
                .isNotEqualTo(hash);
    }

    private static long contentHash(Span.Builder span) {
        return decode(span).payload().contentHash();
    }

    @Test
    void only_llm_spans_count_tokens() {
        KeyValue tokens =
                pair("llm.token_count.prompt", AnyValue.newBuilder().setIntValue(3).build());

        assertThat(
                        decode(span("openinference.span.kind", string("LLM")).addAttributes(tokens))
                                .columns()
                                .promptTokens())
                .isEqualTo(3);
        assertThat(
                        decode(
                                        span("openinference.span.kind", string("CHAIN"))
                                                .addAttributes(tokens))
                                .columns()
                                .promptTokens())
                .isNull();
    }

    @Test
    void preview_is_cut_between_characters() {
        DecodedSpan span = decode(span("input.value", string("😀".repeat(200))));

        assertThat(span.columns().inputPreview()).isEqualTo("😀".repeat(101));
    }

    @Test
    void span_that_cannot_be_one_is_refused_alone() {
        ScopeSpans.Builder spans =
                ScopeSpans.newBuilder()
                        .addSpans(span("k", string("v")))
                        .addSpans(
                                span("k", string("v"))
                                        .setName("short trace")
                                        .setTraceId(ByteString.copyFrom(new byte[8])))
                        .addSpans(
                                span("k", string("v"))
                                        .setName("zero")
                                        .setSpanId(ByteString.copyFrom(new byte[8])))
                        .addSpans(span("k", string("v")).setName("late").setEndTimeUnixNano(-1))
                        .addSpans(
                                span("k", string("v")).setName("backwards").setEndTimeUnixNano(1));
        DecodedRequest decoded =
                DECODER.decode(
                        ExportTraceServiceRequest.newBuilder()
                                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(spans))
                                .build(),
                        null,
                        LoggedEvents.NONE);

        assertThat(decoded.spans())
                .extracting(DecodedSpan::name)
                .containsExactly("span", "backwards");
        assertThat(decoded.rejections())
                .extracting(Rejection::sentence)
                .containsExactly(
                        "span 'short trace': trace_id must be 16 bytes, not all zero, was"
                                + " '0000000000000000'",
                        "span 'zero': span_id must be 8 bytes, not all zero, was"
                                + " '0000000000000000'",
                        "span 'late': start and end time must be below 2^63 nanoseconds, were 1000"
                                + " and 18446744073709551615");
    }

    private static @Nullable String sessionOf(AnyValue id) {
        return decode(span("session.id", id)).columns().sessionId();
    }

    private static String tokens(String count) {
        return "{\"llm\":{\"token_count\":{\"prompt\":" + count + "}}}";
    }

    private static String attributes(String key, AnyValue value) {
        return decode(span(key, value)).payload().attributes();
    }

    private static DecodedSpan decode(Span.Builder span) {
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(
                                ResourceSpans.newBuilder()
                                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                        .build();
        return DECODER.decode(request, null, LoggedEvents.NONE).spans().getFirst();
    }

    private static Span.Builder span(String key, AnyValue value) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom("0123456789abcdef".getBytes(US_ASCII)))
                .setSpanId(ByteString.copyFrom("01234567".getBytes(US_ASCII)))
                .setName("span")
                .setStartTimeUnixNano(1000)
                .setEndTimeUnixNano(2000)
                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK))
                .addAttributes(pair(key, value));
    }

    private static KeyValue pair(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static AnyValue string(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static AnyValue number(double number) {
        return AnyValue.newBuilder().setDoubleValue(number).build();
    }
}
