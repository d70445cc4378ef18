package dev.phoenix.server.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Sends annotations to a server and reads them back. */
record Annotations(TestServer server) {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Items in JSON with single quotes, comma separated. */
    HttpResponse<String> send(String kind, boolean sync, String items) {
        return server.post(
                "/v1/%s_annotations?sync=%s".formatted(kind, sync),
                "application/json",
                "{'data': [%s]}".formatted(items).replace('\'', '"'));
    }

    /** The ids of annotations that are stored at once. */
    JsonNode store(String kind, String items) {
        HttpResponse<String> response = send(kind, true, items);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Api.json(response.body()).get("data").get(0);
    }

    /** Annotations that need not wait for anybody. */
    void accept(String kind, String items) {
        HttpResponse<String> response = send(kind, false, items);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"data\":[]}");
    }

    static String span(String spanId, String name, String rest) {
        return "{'span_id': '%s', 'name': '%s', 'annotator_kind': 'LLM'%s}"
                .formatted(spanId, name, rest.isEmpty() ? "" : ", " + rest);
    }

    JsonNode list(String project, String kind, String query) {
        return new Api(server)
                .get("/v1/projects/%s/%s_annotations?%s".formatted(project, kind, query));
    }

    /** Labels by name of the annotations of one target; nothing if it is unknown. */
    Map<String, String> labels(String project, String kind, String targetId) {
        HttpResponse<String> response =
                server.get(
                        "/v1/projects/%s/%s_annotations?limit=1000&%s_ids=%s"
                                .formatted(project, kind, kind, Api.encode(targetId)));
        Map<String, String> labels = new TreeMap<>();
        if (response.statusCode() == 200) {
            Api.json(response.body())
                    .get("data")
                    .forEach(
                            item ->
                                    labels.put(
                                            item.get("name").asString(),
                                            item.at("/result/label").asString("")));
        }
        return labels;
    }

    /** Asks until the answer is as expected. */
    static <T> void await(T expected, Supplier<T> answer) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        T last = answer.get();
        while (!last.equals(expected) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            last = answer.get();
        }
        assertThat(last).isEqualTo(expected);
    }
}
