package dev.phoenix.server.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.ingest.dialect.Dialects;
import dev.phoenix.server.kit.Recording;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OtlpJsonTest {

    private static final SpanDecoder DECODER = DecodedRecordings.decoder(new Dialects());

    private static final Path RECORDINGS = Path.of("src/test/resources/otlp");

    static List<String> recordings() {
        return Recording.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void recorded_traffic_reads_the_same_in_both_encodings(String name) throws Exception {
        byte[] protobuf = Files.readAllBytes(RECORDINGS.resolve(name + ".pb"));
        byte[] json = Files.readAllBytes(RECORDINGS.resolve(name + ".json"));

        DecodedRequest fromProtobuf =
                DECODER.decode(
                        ExportTraceServiceRequest.parseFrom(protobuf), null, LoggedEvents.NONE);
        DecodedRequest fromJson = DECODER.decode(TraceJson.parse(json), null, LoggedEvents.NONE);

        assertThat(fromJson).isEqualTo(fromProtobuf);
        assertThat(fromProtobuf.spans()).isNotEmpty();
        assertThat(fromProtobuf.rejections()).isEmpty();
    }

    @Test
    void snake_case_members_and_enum_names_are_read() throws Exception {
        ExportTraceServiceRequest request =
                TraceJson.parse(
                        """
                        {"resource_spans":[{"scope_spans":[{"spans":[{
                          "trace_id":"0102030405060708090a0b0c0d0e0f10","span_id":"0102030405060708","name":"s",
                          "start_time_unix_nano":"1","end_time_unix_nano":2,"kind":"SPAN_KIND_CLIENT",
                          "status":{"code":"STATUS_CODE_ERROR"},"unknown":{"a":[1]}}]}]}]}\
                        """
                                .getBytes(UTF_8));

        DecodedSpan span = DECODER.decode(request, null, LoggedEvents.NONE).spans().getFirst();
        assertThat(span.traceId()).isEqualTo("0102030405060708090a0b0c0d0e0f10");
        assertThat(span.endNs()).isEqualTo(2);
        assertThat(span.status()).isEqualTo("ERROR");
        assertThat(span.payload().otlpKind()).isEqualTo(3);
    }

    @Test
    void nesting_without_end_is_malformed() {
        assertThatThrownBy(() -> TraceJson.parse("[".repeat(100_000).getBytes(UTF_8)))
                .isInstanceOf(MalformedRequestException.class);
    }

    @Test
    void time_beyond_64_bits_costs_only_its_span() throws Exception {
        String body =
                """
                {"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"late",
                  "traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708",
                  "startTimeUnixNano":"99999999999999999999"}]}]}]}\
                """;

        DecodedRequest decoded =
                DECODER.decode(TraceJson.parse(body.getBytes(UTF_8)), null, LoggedEvents.NONE);

        assertThat(decoded.spans()).isEmpty();
        assertThat(decoded.rejections()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    not json                                    | the body is not JSON
                    []                                          | the body must be a JSON object
                    {"resourceSpans":{}}                        | resourceSpans must be an array
                    {"resourceSpans":[{"scopeSpans":[{"spans":[{"name":1}]}]}]} | name must be a string, was 1
                    {"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":"x"}]}]}]} | startTimeUnixNano must be a 64-bit integer
                    {"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"k","value":{"doubleValue":{}}}]}]}]}]} | doubleValue must be a number
                    """)
    void malformed_body_is_refused_with_what_is_wrong(String body, String message) {
        assertThatThrownBy(() -> TraceJson.parse(body.getBytes(UTF_8)))
                .isInstanceOf(MalformedRequestException.class)
                .hasMessageContaining(message);
    }
}
