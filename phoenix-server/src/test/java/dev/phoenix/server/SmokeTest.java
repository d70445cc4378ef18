package dev.phoenix.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import org.junit.jupiter.api.Test;

/** The thin line through the product, also on the oldest database at hand. */
@ServerTest(installedPostgres = true)
class SmokeTest {

    private final TestServer server;

    SmokeTest(TestServer server) {
        this.server = server;
    }

    @Test
    void span_isReadBack() {
        String project = server.projectName();
        assertThat(server.post("/v1/traces", "application/json", request(project)).statusCode())
                .isEqualTo(200);
        assertThat(server.get("/v1/projects/" + project + "/spans").body())
                .contains(
                        "\"name\":\"answer\"",
                        "\"span_kind\":\"LLM\"",
                        "\"llm.model_name\":\"gpt-4o\"");
        assertThat(server.get("/v1/projects/" + project + "/traces").body())
                .contains("5b8efff798038103d269b633813fc60c");
        assertThat(
                        server.post(
                                        "/graphql",
                                        "application/json",
                                        """
                                        {"query": "{ getProjectByName(name: \\"%s\\") { spans(first: 5) { edges { node { name spanKind latencyMs } } } } }"}
                                        """
                                                .formatted(project))
                                .body())
                .contains("{\"name\":\"answer\",\"spanKind\":\"llm\",\"latencyMs\":1500.0}");
    }

    private static String request(String project) {
        return """
                {"resourceSpans": [{
                  "resource": {"attributes": [{"key": "openinference.project.name", "value": {"stringValue": "%s"}}]},
                  "scopeSpans": [{"spans": [{
                    "traceId": "5b8efff798038103d269b633813fc60c", "spanId": "eee19b7ec3c1b174", "name": "answer",
                    "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": "1700000001500000000",
                    "attributes": [
                      {"key": "openinference.span.kind", "value": {"stringValue": "LLM"}},
                      {"key": "llm.model_name", "value": {"stringValue": "gpt-4o"}}]
                  }]}]
                }]}
                """
                .formatted(project);
    }
}
