package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keys and variables of the environment that senders leak are nowhere afterwards. */
@ServerTest
class MaskedSecretsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** No secret of anybody; the word in the middle is looked for. */
    private static final String KEY = "sk-proj-Zx81TREASURE0qhf7Lw";

    private static final String MASKED = "[masked]";

    private final TestServer server;
    private final String project;

    MaskedSecretsTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @Test
    void secrets_in_parameters_metadata_and_resource_are_masked_and_the_span_says_so() {
        Span.Builder span =
                Spans.span(Spans.id(16), "leak")
                        .addAttributes(
                                Spans.text(
                                        "llm.invocation_parameters",
                                        """
                                        {"model": "m", "api_key": "%s", "max_tokens": 10,
                                         "headers": {"Authorization": "Bearer %s"}}\
                                        """
                                                .formatted(KEY, KEY)))
                        .addAttributes(Spans.text("langsmith.metadata.LANGSMITH_API_KEY", KEY))
                        .addAttributes(Spans.text("metadata", "{\"note\": \"%s\"}".formatted(KEY)));
        send(span, "OPENAI_API_KEY");

        JsonNode tree = tree(span);
        JsonNode parameters = JSON.readTree(tree.at("/llm/invocation_parameters").asString());
        assertThat(parameters)
                .isEqualTo(
                        Api.json(
                                """
                                {'model': 'm', 'api_key': '[masked]', 'max_tokens': 10,
                                 'headers': {'Authorization': '[masked]'}}\
                                """));
        assertThat(tree.at("/langsmith/metadata/LANGSMITH_API_KEY").asString()).isEqualTo(MASKED);
        assertThat(tree.at("/metadata/note").asString()).isEqualTo(MASKED);
        assertThat(derivation(span).get("masked").valueStream().map(JsonNode::asString).toList())
                .contains(
                        "llm.invocation_parameters",
                        "langsmith.metadata.LANGSMITH_API_KEY",
                        "metadata",
                        "resource.OPENAI_API_KEY");
    }

    @Test
    void original_is_nowhere_in_the_database_nor_in_an_answer() throws SQLException {
        Span.Builder span =
                Spans.span(Spans.id(16), "leak")
                        .addAttributes(Spans.text("gen_ai.operation.name", "chat"))
                        .addAttributes(
                                Spans.text("metadata", "{\"api_key\": \"%s\"}".formatted(KEY)))
                        .addAttributes(
                                Spans.text(
                                        "langfuse.observation.model.parameters",
                                        "{\"api_key\": \"%s\"}".formatted(KEY)));
        send(span, "ANTHROPIC_API_KEY");

        String id = Spans.hex(span.getSpanId());
        for (String path :
                List.of(
                        "/v1/projects/%s/spans".formatted(project),
                        "/v1/projects/%s/spans/otlpv1".formatted(project),
                        "/v1/spans/%s/derivation".formatted(id))) {
            assertThat(server.get(path).body()).as(path).doesNotContain("TREASURE");
        }
        assertThat(tree(span).toString()).doesNotContain("TREASURE");
        assertThat(rowsWith("TREASURE")).isEmpty();
    }

    @Test
    void what_only_looks_like_a_secret_stays() {
        Span.Builder span =
                Spans.span(Spans.id(16), "harmless")
                        .addAttributes(Spans.text("metadata.user_api_key_hash", "88dc28d0f030c55e"))
                        .addAttributes(
                                Spans.text(
                                        "llm.invocation_parameters",
                                        """
                                        {"max_tokens": 10, "token_limit": 5, "stop": ["the secret garden"],
                                         "user": "keyboard", "temperature": 0.5}\
                                        """))
                        .addAttributes(
                                Spans.text(
                                        "input.value",
                                        "My password is on the author's cookie token: " + KEY))
                        .addAttributes(
                                Spans.text(
                                        "metadata.note",
                                        "Ask the author for the secret of the task-list; OPENAI_BASE is public,"
                                                + " as are basic responsibilities"));
        send(span, "deployment.environment");

        JsonNode tree = tree(span);
        assertThat(tree.at("/metadata/user_api_key_hash").asString()).isEqualTo("88dc28d0f030c55e");
        assertThat(tree.at("/llm/invocation_parameters").asString()).doesNotContain(MASKED);
        assertThat(tree.at("/input/value").asString()).contains(KEY);
        assertThat(tree.at("/metadata/note").asString()).contains("the secret of the task-list");
        assertThat(derivation(span).get("masked").toString()).doesNotContain("metadata");
    }

    @Test
    void requests_that_senders_copy_into_attributes_are_masked_with_what_rules_read_from_them()
            throws SQLException {
        String request =
                """
                {"model": "gpt-4o", "messages": [{"role": "user", "content": "What is a token?"}],
                 "temperature": 0.5, "api_key": "%s",
                 "extra_headers": {"Authorization": "Bearer %s", "X-Trace": "7"},
                 "mcp": {"command": "npx", "env": {"HOME": "TREASURE/home", "DSN": "db:TREASURE@h"}}}\
                """
                        .formatted(KEY, KEY);
        Span.Builder mlflow =
                Spans.span(Spans.id(16), "mlflow")
                        .addAttributes(Spans.text("mlflow.spanType", "\"CHAT_MODEL\""))
                        .addAttributes(Spans.text("mlflow.spanInputs", request));
        Span.Builder genkit =
                Spans.span(Spans.id(16), "genkit")
                        .addAttributes(Spans.text("genkit:metadata:subtype", "model"))
                        .addAttributes(
                                Spans.text(
                                        "genkit:input",
                                        "{\"messages\":[],\"config\":{\"apiKey\":\"%s\"}}"
                                                .formatted(KEY)));
        Span.Builder adk =
                Spans.span(Spans.id(16), "call_llm")
                        .addAttributes(
                                Spans.text(
                                        "gcp.vertex.agent.llm_request",
                                        JSON.writeValueAsString(request)));
        Span.Builder logfire =
                Spans.span(Spans.id(16), "logfire")
                        .addAttributes(Spans.text("logfire.msg", "chat"))
                        .addAttributes(Spans.text("request_data", request.substring(0, 300)));
        Span.Builder python =
                Spans.span(Spans.id(16), "python")
                        .addAttributes(
                                Spans.text(
                                        "llm.openai.optional_params",
                                        "{'temperature': 0.1, 'api_key': '%s', 'n': None}"
                                                .formatted(KEY)));
        for (Span.Builder span : List.of(mlflow, genkit, adk, logfire, python)) {
            send(span, "service.version");

            assertThat(tree(span).toString())
                    .as(span.getName())
                    .contains(MASKED)
                    .doesNotContain("TREASURE");
            assertThat(derivation(span).get("masked").valueStream().map(JsonNode::asString))
                    .as(span.getName())
                    .contains(span.getAttributes(span.getAttributesCount() - 1).getKey());
        }
        assertThat(tree(mlflow).at("/llm/input_messages/0/message/content").asString())
                .isEqualTo("What is a token?");
        assertThat(tree(mlflow).at("/llm/invocation_parameters").asString())
                .contains("\"temperature\":0.5", "\"X-Trace\":\"7\"", "\"api_key\":\"[masked]\"");
        assertThat(tree(python).at("/llm/openai/optional_params").asString())
                .isEqualTo("{'temperature': 0.1, 'api_key': '[masked]', 'n': None}");
        assertThat(rowsWith("TREASURE")).isEmpty();
    }

    @Test
    void addresses_headers_and_refusals_are_masked() throws SQLException {
        Span.Builder span =
                Spans.span(Spans.id(16), "leak")
                        .addAttributes(
                                Spans.text(
                                        "url.full",
                                        "https://h/v1/models?alt=sse&key=AIzaTREASURE0123456789012345678901&a=b"))
                        .addAttributes(Spans.text("url.query", "page=2&access_token=TREASURE#x"))
                        .addAttributes(
                                Spans.text(
                                        "http.target", "/blob?sv=1&sig=TREASURE012345678901234%3D"))
                        .addAttributes(
                                Spans.text(
                                        "db.url",
                                        "postgresql://reader:TREASURE@db:5432/app?ssl=on"))
                        .addAttributes(
                                Spans.text("http.request.header.authorization", "Basic TREASURE"))
                        .addAttributes(Spans.text("http.request.header.x-goog-api-key", KEY))
                        .addAttributes(Spans.text("exception.message", "No such key: " + KEY));
        span.getStatusBuilder().setMessage("Incorrect API key provided: " + KEY);
        span.addEventsBuilder()
                .setName("exception")
                .setTimeUnixNano(span.getStartTimeUnixNano())
                .addAttributes(Spans.text("exception.message", "401: Bearer " + KEY));
        send(span, "service.version");

        JsonNode tree = tree(span);
        assertThat(tree.at("/url/full").asString())
                .isEqualTo("https://h/v1/models?alt=sse&key=[masked]&a=b");
        assertThat(tree.at("/url/query").asString()).isEqualTo("page=2&access_token=[masked]#x");
        assertThat(tree.at("/http/target").asString()).isEqualTo("/blob?sv=1&sig=[masked]");
        assertThat(tree.at("/db/url").asString())
                .isEqualTo("postgresql://reader:[masked]@db:5432/app?ssl=on");
        assertThat(rowsWith("TREASURE")).isEmpty();
        assertThat(derivation(span).get("masked").valueStream().map(JsonNode::asString))
                .contains("url.full", "status.message", "events.exception.exception.message");
    }

    @Test
    void addresses_without_secrets_stay() {
        Span.Builder span =
                Spans.span(Spans.id(16), "harmless")
                        .addAttributes(
                                Spans.text(
                                        "url.full",
                                        "https://a@h:8080/x?key=orders/7&next_page_token=a1b2c3d4e5f6a7b8c9d0&max_tokens=5&id=88dc28d0f030c55e88dc"))
                        .addAttributes(Spans.text("server.address", "https://h/api?token=1"))
                        .addAttributes(Spans.text("http.url", "http://h/a:b@c?d=e"));
        send(span, "deployment.environment");

        assertThat(tree(span).toString()).doesNotContain(MASKED);
    }

    @Test
    void events_links_and_scopes_are_masked() throws SQLException {
        String leak = "{\"headers\": [[\"x-api-key\", \"%s\"]]}".formatted(KEY);
        Span.Builder span = Spans.span(Spans.id(16), "leak");
        span.addEventsBuilder()
                .setName("request")
                .setTimeUnixNano(span.getStartTimeUnixNano())
                .addAttributes(Spans.text("client.api_key", KEY))
                .addAttributes(Spans.text("body", leak));
        span.addLinksBuilder()
                .setTraceId(Spans.id(16))
                .setSpanId(Spans.id(8))
                .addAttributes(Spans.text("authorization", KEY));
        ExportTraceServiceRequest.Builder request = Spans.request(project, span).toBuilder();
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .getScopeBuilder()
                .addAttributes(Spans.text("token", KEY));
        Transport.PROTOBUF.send(server, request.build());

        assertThat(derivation(span).get("masked"))
                .isEqualTo(
                        Api.json(
                                """
                                ['scope.token', 'events.request.client.api_key', 'events.request.body',
                                 'links.authorization']\
                                """));
        assertThat(rowsWith("TREASURE")).isEmpty();
    }

    @Test
    void prose_and_tokens_of_models_stay() {
        String messages =
                """
                [{"role":"user","content":"My \\"api_key\\": what is it? The token is secret."},
                 {"role":"assistant","content":"It is %s"}]\
                """
                        .formatted(KEY);
        String logprobs =
                """
                {"usage":{"max_tokens":10,"prompt_tokens":"12"},"logprobs":[{"token":"authorization","logprob":0.5},
                 {"token":" key","id":"a1b2c3d4e5f6a7b8c9d0"}],"next_page_token":"CAESBkgBEgJoMQAAAAAAAAAA1",
                 "required":["api_key","password"],"cache_key":"a1b2c3d4e5f6a7b8c9d0e1f2",
                 "properties":{"api_key":{"type":"string"}}}\
                """;
        Span.Builder span =
                Spans.span(Spans.id(16), "prose")
                        .addAttributes(Spans.text("gen_ai.input.messages", messages))
                        .addAttributes(Spans.text("output.value", logprobs));
        send(span, "service.version");

        assertThat(tree(span).at("/gen_ai/input/messages").asString()).isEqualTo(messages);
        assertThat(tree(span).at("/output/value").asString()).isEqualTo(logprobs);
        assertThat(derivation(span).get("masked").toString()).doesNotContain("gen_ai", "output");
    }

    @Test
    void spans_sent_as_json_are_masked_as_well() throws SQLException {
        String id = Spans.hex(Spans.id(8));
        String body =
                """
                {"data": [{"name": "leak", "context": {"trace_id": "%s", "span_id": "%s"},
                  "span_kind": "LLM", "start_time": "2026-01-01T00:00:00Z",
                  "end_time": "2026-01-01T00:00:01Z", "status_code": "OK",
                  "attributes": {"metadata": {"nested": {"api_key": "%s"}},
                                 "request_data": {"headers": {"authorization": "%s"}}},
                  "events": [{"name": "e", "timestamp": "2026-01-01T00:00:00Z",
                              "attributes": {"body": "{\\"password\\": \\"%s\\"}"}}]}]}\
                """
                        .formatted(Spans.hex(Spans.id(16)), id, KEY, KEY, KEY);

        var answer =
                server.post("/v1/projects/%s/spans".formatted(project), "application/json", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(server.get("/v1/projects/%s/spans".formatted(project)).body())
                .contains(MASKED)
                .doesNotContain("TREASURE");
        assertThat(rowsWith("TREASURE")).isEmpty();
    }

    private void send(Span.Builder span, String resourceName) {
        ExportTraceServiceRequest.Builder request = Spans.request(project, span).toBuilder();
        request.getResourceSpansBuilder(0)
                .getResourceBuilder()
                .addAttributes(Spans.text(resourceName, KEY));
        assertThat(Transport.PROTOBUF.send(server, request.build()).getRejectedSpans()).isZero();
    }

    private JsonNode tree(Span.Builder span) {
        return new Api(server).attributes(Spans.hex(span.getSpanId()));
    }

    private JsonNode derivation(Span.Builder span) {
        return new Api(server)
                .get("/v1/spans/%s/derivation".formatted(Spans.hex(span.getSpanId())))
                .get("data");
    }

    /** Tables of which a row of this test holds the text, in whichever column. */
    private List<String> rowsWith(String text) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
                    int columns = rows.getMetaData().getColumnCount();
                    boolean holds = false;
                    while (rows.next() && !holds) {
                        boolean isOther = false;
                        for (int i = 1; i <= columns; i++) {
                            String value = rows.getString(i);
                            holds |= value != null && value.contains(text);
                            isOther |= value != null && value.contains("cookie token");
                        }
                        holds &= !isOther;
                    }
                    if (holds) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }

    private List<String> tables(Statement statement) throws SQLException {
        String query =
                server.engine() == Engine.SQLITE
                        ? "SELECT name FROM sqlite_master WHERE type = 'table'"
                        : "SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
