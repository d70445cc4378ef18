package dev.phoenix.server.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServerTest
class OtlpHttpTest {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private final TestServer server;
    private final String project;

    OtlpHttpTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "GZIP", "deflate", "zstd"})
    void span_is_readable_when_the_answer_arrives(String encoding) throws IOException {
        byte[] body =
                Spans.request(project, Spans.span(Spans.id(16), "greet " + encoding)).toByteArray();

        HttpResponse<byte[]> answer = post(PROTOBUF, encoding, compress(encoding, body));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue(PROTOBUF);
        assertThat(answer.body()).isEmpty();
        assertThat(Stored.spans(server, project))
                .extracting(span -> span.get("name").asString())
                .containsExactly("greet " + encoding);
    }

    @Test
    void empty_body_is_an_empty_request() throws IOException {
        HttpResponse<byte[]> answer = post(PROTOBUF, "identity", new byte[0]);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void content_type_may_have_parameters() throws IOException {
        byte[] body = Spans.request(project, Spans.span(Spans.id(16), "s")).toByteArray();

        assertThat(post(PROTOBUF + "; charset=utf-8", "identity", body).statusCode())
                .isEqualTo(200);
    }

    @Test
    void project_header_wins_over_the_resource() {
        String header = server.projectName();
        byte[] body = Spans.request(project, Spans.span(Spans.id(16), "s")).toByteArray();

        server.send(
                server.request("/v1/traces")
                        .header("Content-Type", PROTOBUF)
                        .header("x-project-name", header)
                        .POST(BodyPublishers.ofByteArray(body)));

        assertThat(Stored.spans(server, header)).hasSize(1);
        assertThat(server.get("/v1/projects/" + project).statusCode()).isEqualTo(404);
    }

    @Test
    void bad_span_is_refused_alone_with_its_reason() throws Exception {
        byte[] body =
                Spans.request(
                                project,
                                Spans.span(Spans.id(16), "good"),
                                Spans.span(Spans.id(15), "bad"),
                                Spans.span(Spans.id(16), "backwards").setEndTimeUnixNano(1))
                        .toByteArray();

        HttpResponse<byte[]> answer = post(PROTOBUF, "identity", body);

        assertThat(answer.statusCode()).isEqualTo(200);
        var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(partial.getRejectedSpans()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).startsWith("span 'bad': trace_id must be 16 bytes");
        assertThat(Stored.spans(server, project))
                .extracting(span -> span.get("name").asString())
                .containsExactlyInAnyOrder("good", "backwards");
    }

    @Test
    void json_request_gets_a_json_answer() throws IOException {
        String body =
                """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"openinference.project.name",
                  "value":{"stringValue":"%s"}}]},"scopeSpans":[{"spans":[
                  {"traceId":"%s","spanId":"%s","name":"s","startTimeUnixNano":"1760000000000000000",
                   "endTimeUnixNano":"1760000000000000001"},
                  {"traceId":"","spanId":"","name":"bad"}]}]}]}"""
                        .formatted(project, Spans.hex(Spans.id(16)), Spans.hex(Spans.id(8)));

        HttpResponse<byte[]> answer = post(JSON, "identity", body.getBytes(UTF_8));

        assertThat(answer.headers().firstValue("content-type")).hasValue(JSON);
        assertThat(new String(answer.body(), UTF_8))
                .contains("\"rejectedSpans\":\"1\"")
                .contains("trace_id must be 16 bytes, not all zero, was ''");
        assertThat(Stored.spans(server, project)).hasSize(1);
    }

    @Test
    void bad_id_is_reported_as_it_was_sent() throws IOException {
        String body =
                """
                {"resourceSpans":[{"scopeSpans":[{"spans":[
                  {"traceId":"0123\\u0000\\u202exyz","spanId":"s","name":"%s"},
                  {"traceId":"%s","spanId":"sixteen letters!","name":"b"}]}]}]}"""
                        .formatted("n".repeat(100), Spans.hex(Spans.id(16)));

        HttpResponse<byte[]> answer = post(JSON, "identity", body.getBytes(UTF_8));

        assertThat(new String(answer.body(), UTF_8).replace("\\\\", "\\"))
                .contains(
                        "span '%s…': trace_id must be 16 bytes, not all zero, was '0123\\u0000\\u202exyz'"
                                .formatted("n".repeat(60)))
                .contains("span 'b': span_id must be 8 bytes, not all zero, was 'sixteen letters!'")
                .contains("\"rejectedSpans\":\"2\"");
    }

    @Test
    void malformed_body_is_refused_in_its_own_encoding() throws Exception {
        HttpResponse<byte[]> protobuf = post(PROTOBUF, "identity", new byte[] {10, 100, 1});
        assertThat(protobuf.statusCode()).isEqualTo(400);
        assertThat(protobuf.headers().firstValue("content-type")).hasValue(PROTOBUF);
        assertThat(Status.parseFrom(protobuf.body()).getCode())
                .isEqualTo(Code.INVALID_ARGUMENT_VALUE);

        HttpResponse<byte[]> json = post(JSON, "identity", "{".getBytes(UTF_8));
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(new String(json.body(), UTF_8)).startsWith("{").contains("\"code\":3");

        HttpResponse<byte[]> gzip = post(PROTOBUF, "gzip", "not gzip".getBytes(UTF_8));
        assertThat(gzip.statusCode()).isEqualTo(400);
        assertThat(Status.parseFrom(gzip.body()).getMessage())
                .isEqualTo("the body is not valid gzip data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceSpans\":[1]}",
                "{\"resourceSpans\":[null]}",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[[]]}]}]}"
            })
    void list_of_something_else_is_refused(String body) throws Exception {
        HttpResponse<byte[]> answer = post(JSON, "identity", body.getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).contains("must hold objects only");
    }

    @Test
    void zstd_that_is_broken_or_wants_too_much_memory_is_refused() throws Exception {
        byte[] body =
                Spans.request(project, Spans.span(Spans.id(16), "x".repeat(5000))).toByteArray();
        byte[] whole = compress("zstd", body);
        ByteArrayOutputStream wide = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(wide).setLong(27)) {
            out.write(body);
        }
        for (byte[] wrong :
                List.of(
                        Arrays.copyOf(whole, whole.length - 5),
                        "no zstd at all".getBytes(UTF_8),
                        wide.toByteArray())) {
            HttpResponse<byte[]> answer = post(PROTOBUF, "zstd", wrong);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(Status.parseFrom(answer.body()).getMessage())
                    .isEqualTo("the body is not valid zstd data");
        }
    }

    @Test
    void unsupported_types_are_named() throws IOException {
        HttpResponse<byte[]> type = post("text/csv", "identity", new byte[0]);
        assertThat(type.statusCode()).isEqualTo(415);
        assertThat(new String(type.body(), UTF_8)).contains("'text/csv'");

        HttpResponse<byte[]> encoding = post(PROTOBUF, "br", new byte[0]);
        assertThat(encoding.statusCode()).isEqualTo(415);
        assertThat(new String(encoding.body(), UTF_8)).contains("'br'");
    }

    @Test
    void large_bodies_are_refused_before_they_are_kept() throws Exception {
        Map<String, String> limits =
                Map.of(
                        "PHOENIX_MAX_REQUEST_BYTES",
                        "5000",
                        "PHOENIX_MAX_INFLATED_REQUEST_BYTES",
                        "20000");
        try (TestServer small = TestServer.start(TestEngine.SQLITE, limits)) {
            byte[] zeros = new byte[100_000];
            for (String encoding : List.of("identity", "gzip", "zstd")) {
                HttpResponse<byte[]> answer =
                        small.send(
                                small.request("/v1/traces")
                                        .header("Content-Type", PROTOBUF)
                                        .header("Content-Encoding", encoding)
                                        .POST(
                                                BodyPublishers.ofByteArray(
                                                        compress(encoding, zeros))),
                                BodyHandlers.ofByteArray());
                assertThat(answer.statusCode()).isEqualTo(413);
                assertThat(Status.parseFrom(answer.body()).getMessage())
                        .contains(
                                encoding.equals("identity")
                                        ? "PHOENIX_MAX_REQUEST_BYTES"
                                        : "PHOENIX_MAX_INFLATED_REQUEST_BYTES");
            }
        }
    }

    @Test
    void request_just_above_the_default_limit_is_too_large_and_not_overload() throws IOException {
        byte[] zeros = compress("gzip", new byte[128 * 1024 * 1024 + 1]);
        HttpResponse<byte[]> answer = post(PROTOBUF, "gzip", zeros);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Status.parseFrom(answer.body()).getMessage())
                .contains("PHOENIX_MAX_INFLATED_REQUEST_BYTES");
    }

    @Test
    void overload_asks_to_come_back() throws Exception {
        Map<String, String> limits = Map.of("PHOENIX_MAX_SPANS_QUEUE_BYTES", "1000");
        try (TestServer small = TestServer.start(TestEngine.SQLITE, limits)) {
            byte[] body =
                    Spans.request(project, Spans.span(Spans.id(16), "x".repeat(1000)))
                            .toByteArray();
            HttpResponse<byte[]> answer =
                    small.send(
                            small.request("/v1/traces")
                                    .header("Content-Type", PROTOBUF)
                                    .POST(BodyPublishers.ofByteArray(body)),
                            BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
            assertThat(Status.parseFrom(answer.body()).getCode()).isEqualTo(Code.UNAVAILABLE_VALUE);

            byte[] next = Spans.request(project, Spans.span(Spans.id(16), "small")).toByteArray();
            assertThat(small.post("/v1/traces", PROTOBUF, next).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void text_the_database_refuses_is_replaced() throws IOException {
        byte[] body =
                Spans.request(
                                project,
                                Spans.span(Spans.id(16), "nul \0 name")
                                        .setTraceState("a=\0")
                                        .addAttributes(Spans.text("key\0", "value \0"))
                                        .setStatus(
                                                io.opentelemetry.proto.trace.v1.Status.newBuilder()
                                                        .setMessage("m\0")))
                        .toByteArray();

        assertThat(post(PROTOBUF, "identity", body).body()).isEmpty();
        assertThat(Stored.spans(server, project).getFirst().get("name").asString())
                .isEqualTo("nul \uFFFD name");
    }

    @Test
    void span_the_database_cannot_hold_is_refused_alone() throws Exception {
        refuseNamesThatBegin("refused");
        List<Span.Builder> spans = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            spans.add(Spans.span(Spans.id(16), (i % 7 == 3 ? "refused " : "taken ") + i));
        }
        byte[] body = Spans.request(project, spans.toArray(Span.Builder[]::new)).toByteArray();

        HttpResponse<byte[]> answer = post(PROTOBUF, "identity", body);

        assertThat(answer.statusCode()).isEqualTo(200);
        long rejected =
                ExportTraceServiceResponse.parseFrom(answer.body())
                        .getPartialSuccess()
                        .getRejectedSpans();
        assertThat(rejected).isEqualTo(3);
        assertThat(Stored.spans(server, project))
                .hasSize(17)
                .allMatch(span -> span.get("name").asString().startsWith("taken"));
        assertThat(new Api(server).get("/v1/rejections?project=" + project).get("data"))
                .hasSize(1)
                .first()
                .returns("refused_value", entry -> entry.get("reason").asString())
                .returns(3, entry -> entry.get("span_count").asInt());
    }

    /** Stands for whatever a database may not like. */
    private void refuseNamesThatBegin(String word) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            switch (server.engine()) {
                case SQLITE ->
                        statement.execute(
                                """
                                CREATE TRIGGER refuse BEFORE INSERT ON spans WHEN new.name LIKE '%s%%'
                                BEGIN SELECT RAISE(ABORT, 'refused'); END"""
                                        .formatted(word));
                case POSTGRESQL ->
                        statement.execute(
                                "ALTER TABLE spans ADD CONSTRAINT refuse CHECK (name NOT LIKE '%s%%')"
                                        .formatted(word));
            }
        }
    }

    private HttpResponse<byte[]> post(String contentType, String encoding, byte[] body)
            throws IOException {
        return server.send(
                server.request("/v1/traces")
                        .header("Content-Type", contentType)
                        .header("Content-Encoding", encoding)
                        .POST(BodyPublishers.ofByteArray(body)),
                BodyHandlers.ofByteArray());
    }

    private static byte[] compress(String encoding, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (encoding) {
            case "gzip", "GZIP" -> {
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(body);
                }
            }
            case "deflate" -> {
                try (DeflaterOutputStream deflate = new DeflaterOutputStream(out)) {
                    deflate.write(body);
                }
            }
            case "zstd" -> out.write(Zstd.compress(body));
            default -> out.write(body);
        }
        return out.toByteArray();
    }
}
