package dev.phoenix.server.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server for JSON the way its clients do. */
public record Api(TestServer server) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The body of a successful answer. */
    public JsonNode get(String path) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        return JSON.readTree(response.body());
    }

    /** The data of a query that succeeds. */
    public JsonNode query(String query) {
        return query(query, Map.of());
    }

    public JsonNode query(String query, Map<String, ?> variables) {
        JsonNode answer = execute(query, variables);
        assertThat(answer.path("errors")).as(query).isEmpty();
        return answer.path("data");
    }

    /** The attributes of a stored span as the interface reads them: one tree. */
    public JsonNode attributes(String spanId) {
        JsonNode span =
                query(
                        "query ($id: String!) {getSpanByOtelId(spanId: $id) {attributes}}",
                        Map.of("id", spanId));
        return JSON.readTree(span.at("/getSpanByOtelId/attributes").asString());
    }

    /** The first error of a query that does not. */
    public JsonNode error(String query) {
        JsonNode answer = execute(query, Map.of());
        assertThat(answer.path("errors")).as(answer.toString()).isNotEmpty();
        return answer.path("errors").path(0);
    }

    public JsonNode execute(String query, Map<String, ?> variables) {
        String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
        HttpResponse<String> response = server.post("/graphql", "application/json", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        return JSON.readTree(response.body());
    }

    /** JSON written with single quotes, to compare with. */
    public static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
