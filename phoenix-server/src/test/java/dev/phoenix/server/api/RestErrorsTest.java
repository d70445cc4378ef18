package dev.phoenix.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@ServerTest
class RestErrorsTest {

    private final TestServer server;

    RestErrorsTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "projects?limit=0, limit, greater_than, `'0', 'ctx': {'gt': 0}`",
                "projects?limit=-7, limit, greater_than, `'-7', 'ctx': {'gt': 0}`",
                "projects?limit=x, limit, int_parsing, `'x'`",
                "projects?limit=1.5, limit, int_parsing, `'1.5'`",
                "projects/default/spans?limit=1001, limit, less_than_equal, `'1001', 'ctx': {'le': 1000}`",
                "projects/default/spans?limit=99999999999999999999, limit, less_than_equal, `'99999999999999999999', 'ctx': {'le': 1000}`",
                "projects/default/traces?include_spans=perhaps, include_spans, bool_parsing, `'perhaps'`",
                "projects/default/traces?error=perhaps, error, bool_parsing, `'perhaps'`",
                "projects/default/traces?sort=id, sort, literal_error, `'id', 'ctx': {'expected': \"'start_time' or 'latency_ms'\"}`",
                "projects/default/spans?order=up, order, literal_error, `'up', 'ctx': {'expected': \"'asc' or 'desc'\"}`",
                "projects/default/spans?order=DESC, order, literal_error, `'DESC', 'ctx': {'expected': \"'asc' or 'desc'\"}`",
                "projects/default/spans?sort=START_TIME, sort, literal_error, `'START_TIME', 'ctx': {'expected': \"'id' or 'start_time'\"}`",
                "projects/default/traces?min_latency_ms=-1, min_latency_ms, greater_than_equal, `'-1', 'ctx': {'ge': 0}`",
                "projects/default/traces?min_latency_ms=fast, min_latency_ms, float_parsing, `'fast'`",
                "projects/default/traces?max_latency_ms=NaN, max_latency_ms, float_parsing, `'NaN'`",
                "projects/default/traces?max_latency_ms=Infinity, max_latency_ms, float_parsing, `'Infinity'`",
                "projects?limit=0x10, limit, int_parsing, `'0x10'`"
            })
    void invalidParameter_isToldApartByMachineCode(
            String path, String parameter, String code, String input) {
        HttpResponse<String> response = server.get("/v1/" + path);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        var detail = JsonMapper.shared().readTree(response.body()).get("detail");
        assertThat(detail).hasSize(1);
        assertThat(detail.at("/0/type").asString()).isEqualTo(code);
        assertThat(detail.at("/0/loc")).isEqualTo(Api.json("['query', '%s']".formatted(parameter)));
        assertThat(detail.at("/0/msg").asString()).startsWith("Input should be");
        assertThat(detail.get(0).toString().replace("\\\"", "'").replace("\"", "'"))
                .contains(
                        "'input':"
                                + input.replace("': ", "':")
                                        .replace(", '", ",'")
                                        .replace("\"'", "''")
                                        .replace("'\"", "''"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "span_annotations | {'data': 1} | list_type | 1",
                "span_annotations | {'data': [[1, {'a': null}]]} | model_attributes_type | [1,{'a':null}]",
                "span_annotations | {'data': [{'name': 5}]} | string_type | 5",
                "span_annotations | {'data': [{'name': {'a': [1, 2]}}]} | string_type | {'a':[1,2]}",
                "span_annotations | {'data': [{'annotator_kind': 'ROBOT'}]} | literal_error | 'ROBOT'",
                "span_annotations | {'data': [{'metadata': 'x'}]} | dict_type | 'x'",
                "span_annotations | {'data': [{'metadata': []}]} | dict_type | []",
                "span_annotations | {'data': [{'result': {'score': 'x'}}]} | float_type | 'x'",
                "span_annotations | {'data': [{'result': {'score': true}}]} | float_type | true",
                "document_annotations | {'data': [{'document_position': 1.5}]} | int_type | 1.5",
                "document_annotations | {'data': [{'document_position': 99999999999}]} | int_type | 99999999999",
                "document_annotations | {'data': [{'document_position': 'one'}]} | int_type | 'one'",
                "spans | {'queries': [], 'root_spans_only': 'perhaps'} | bool_type | 'perhaps'",
                "spans | {'queries': [], 'limit': []} | int_type | []",
                "annotation_configs | {'type': 'ROBOT'} | union_tag_invalid | 'ROBOT'",
                "annotation_configs | {'type': 'FREEFORM', 'name': 5} | string_type | 5",
                "projects/default/spans | {'data': {'a': 1}} | list_type | {'a':1}",
                "projects | {'name': 'x', 'description': false} | string_type | false"
            })
    void wrongValue_isShown(String path, String body, String type, String input) {
        HttpResponse<String> response =
                server.post("/v1/" + path, "application/json", body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        var error = JsonMapper.shared().readTree(response.body()).at("/detail/0");
        assertThat(error.get("type").asString()).isEqualTo(type);
        assertThat(error.get("input")).isEqualTo(Api.json(input));
    }

    /** Nobody looks at it, and it would be sent back as often as it is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"[[%s]]", "{\"a\": [[%s]]}", "\"%s\""})
    void longWrongValue_isNotShown(String value) {
        String body = "{\"name\": " + value.formatted("1,".repeat(5000) + "1") + "}";
        String spans = "{\"data\": " + value.formatted("1,".repeat(5000) + "1") + "}";
        for (HttpResponse<String> response :
                List.of(
                        server.post(
                                "/v1/projects",
                                "application/json",
                                body.replace("name", "description")),
                        server.post("/v1/projects/default/spans", "application/json", spans))) {
            assertThat(response.body()).hasSizeLessThan(2000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start_time=yesterday", "end_time=2026-13-01", "start_time="})
    void invalidTime_isRefused(String query) {
        HttpResponse<String> response = server.get("/v1/projects/default/traces?" + query);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("datetime_from_date_parsing", "such as 2026-01-31T");
    }

    @Test
    void whatCannotBeRead_saysWhatCanBeDone() {
        HttpResponse<String> response = server.get("/v1/spans");
        assertThat(response.headers().firstValue("allow")).hasValue("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/unknown, 404, Not Found",
        "GET, /v1/traces, 404, Not Found",
        "GET, /v1/spans, 405, Method Not Allowed",
        "POST, /v1/unknown, 405, Method Not Allowed",
        "DELETE, /unknown, 405, Method Not Allowed",
        "PUT, /v1/projects, 405, Method Not Allowed",
        "PATCH, /graphql, 405, Method Not Allowed",
        "OPTIONS, /v1/projects, 405, Method Not Allowed",
        "OPTIONS, /v1/unknown, 405, Method Not Allowed",
        "OPTIONS, /unknown, 405, Method Not Allowed",
        "OPTIONS, /graphql, 405, Method Not Allowed",
        "TRACE, /v1/projects, 405, Method Not Allowed"
    })
    void unroutedRequest_isAnsweredInText(String method, String path, int status, String body) {
        HttpResponse<String> response =
                server.send(server.request(path).method(method, BodyPublishers.ofString("x")));
        assertThat(response.headers().firstValue("x-phoenix-server-version")).hasValue("20.26.1");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/projects/default/spans?trace_id=%FF HTTP/1.1",
                "GET /v1/projects/default/spans?trace_id=%zz HTTP/1.1",
                "GET /v1/projects/%FF HTTP/1.1",
                "GET /v1/projects/%zz HTTP/1.1",
                "GET /v1/projects/a%00b HTTP/1.1",
                "GET /../etc HTTP/1.1",
                "GET /<x> HTTP/1.1",
                "G(T / HTTP/1.1",
            })
    void brokenRequest_isRefusedInOurWords(String request) throws IOException {
        String answer = raw(request + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .containsIgnoringCase("x-phoenix-server-version: 20.26.1")
                .containsIgnoringCase("content-type: text/plain;charset=utf-8")
                .containsPattern("(Bad Request|query parameters must be percent-encoded UTF-8.*)$");
    }

    @Test
    void unencodedBraces_areUnderstood() throws IOException {
        assertThat(
                        raw(
                                "GET /graphql?query={projectCount} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .contains("{\"data\":");
    }

    /** What no HTTP client would send. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", server.settings().network().port())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void acceptHeader_doesNotChangeTheAnswer() {
        HttpResponse<String> response =
                server.send(server.request("/v1/projects").header("Accept", "text/html"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    }

    @Test
    void head_isAnsweredLikeGet() {
        HttpResponse<String> response =
                server.send(server.request("/v1/projects").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void nulInAParameter_isRefused() {
        for (String path :
                List.of(
                        "projects/default/spans?name=a%00b",
                        "projects?name_contains=%00", "projects/default/spans?attribute=a:b%00")) {
            HttpResponse<String> response = server.get("/v1/" + path);
            assertThat(response.statusCode()).as(path).isEqualTo(422);
            assertThat(response.body()).contains("NUL");
        }
    }
}
