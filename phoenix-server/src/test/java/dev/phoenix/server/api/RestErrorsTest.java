package dev.phoenix.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
                "projects/default/spans?limit=99999999999999999999, limit, less_than_equal, `'2147483647', 'ctx': {'le': 1000}`",
                "projects/default/traces?include_spans=perhaps, include_spans, bool_parsing, `'perhaps'`",
                "projects/default/traces?error=perhaps, error, bool_parsing, `'perhaps'`",
                "projects/default/traces?sort=id, sort, literal_error, `'id', 'ctx': {'expected': \"'start_time' or 'latency_ms'\"}`",
                "projects/default/spans?order=up, order, literal_error, `'up', 'ctx': {'expected': \"'asc' or 'desc'\"}`",
                "projects/default/traces?min_latency_ms=-1, min_latency_ms, greater_than_equal, `'-1.0', 'ctx': {'ge': 0}`",
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
    @ValueSource(strings = {"start_time=yesterday", "end_time=2026-13-01", "start_time="})
    void invalidTime_isRefused(String query) {
        HttpResponse<String> response = server.get("/v1/projects/default/traces?" + query);
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("datetime_from_date_parsing", "such as 2026-01-31T");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/unknown, 404, Not Found",
        "GET, /v1/traces, 404, Not Found",
        "POST, /v1/unknown, 405, Method Not Allowed",
        "DELETE, /unknown, 405, Method Not Allowed",
        "PUT, /v1/projects, 405, Method Not Allowed",
        "PATCH, /graphql, 405, Method Not Allowed"
    })
    void unroutedRequest_isAnsweredInText(String method, String path, int status, String body) {
        HttpResponse<String> response =
                server.send(server.request(path).method(method, BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain");
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
    void nul_isFoundNowhereOrRefused() {
        assertThat(server.get("/v1/projects/default/spans?name=a%00b").statusCode()).isIn(200, 422);
        assertThat(server.get("/v1/projects?name_contains=%00").statusCode()).isEqualTo(200);
        assertThat(server.get("/v1/projects/default/spans?attribute=a:b%00").statusCode())
                .isIn(200, 422);
    }
}
