package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.target.RunningServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a screen or a client asks: one or more requests, whose times add up.
 *
 * @param idleMs what 95 of 100 answers must not exceed on an idle server
 */
record ReadQuestion(String name, int idleMs, List<Request> requests) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * @param query of GraphQL; a path of REST otherwise
     */
    record Request(boolean graphQl, String query) {}

    static ReadQuestion graphQl(String name, int idleMs, String... queries) {
        return new ReadQuestion(
                name,
                idleMs,
                List.of(queries).stream().map(query -> new Request(true, query)).toList());
    }

    static ReadQuestion rest(String name, int idleMs, String... paths) {
        return new ReadQuestion(
                name,
                idleMs,
                List.of(paths).stream().map(path -> new Request(false, path)).toList());
    }

    /** How long all answers took, one after the other. */
    long nanos(RunningServer server) throws IOException {
        long startedAt = System.nanoTime();
        for (Request request : requests) {
            ask(server, request);
        }
        return System.nanoTime() - startedAt;
    }

    private void ask(RunningServer server, Request request) throws IOException {
        HttpResponse<String> response =
                request.graphQl
                        ? server.postJson(
                                "/graphql", JSON.writeValueAsString(Map.of("query", request.query)))
                        : server.get(request.query);
        if (response.statusCode() != 200 || response.body().startsWith("{\"errors\"")) {
            throw new IOException(
                    "%s was refused: %s"
                            .formatted(
                                    name,
                                    response.body()
                                            .substring(
                                                    0, Math.min(500, response.body().length()))));
        }
    }
}
