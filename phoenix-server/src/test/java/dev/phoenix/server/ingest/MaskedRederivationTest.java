package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Secrets that were stored before they were masked are gone when stored spans are read anew. */
class MaskedRederivationTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** No secret of anybody; the word in the middle is looked for. */
    private static final String KEY = "sk-proj-Zx81TREASURE0qhf7Lw";

    @ParameterizedTest
    @EnumSource(
            value = TestEngine.class,
            names = {"SQLITE", "POSTGRESQL"})
    void stored_secrets_are_masked_and_the_span_says_so(TestEngine engine, @TempDir Path folder)
            throws SQLException {
        Map<String, String> storage =
                Map.of("PHOENIX_SQL_DATABASE_URL", engine.newDatabase(folder));
        ExportTraceServiceRequest request = leaking();
        Span span = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
        String id = Spans.hex(span.getSpanId());
        try (TestServer open = TestServer.start(engine, with(storage, "false"))) {
            Transport.PROTOBUF.send(open, request);
            assertThat(tablesWithSecrets(open)).contains("span_payloads", "resources", "scopes");
            rederive(open);
            assertThat(tablesWithSecrets(open)).as("switched off").contains("span_payloads");
        }
        try (TestServer masking = TestServer.start(engine, storage)) {
            Api api = new Api(masking);

            assertThat(rederive(masking).get("changedSpans").asInt()).isEqualTo(1);

            assertThat(tablesWithSecrets(masking)).isEmpty();
            JsonNode tree = api.attributes(id);
            assertThat(tree.at("/langfuse/observation/model/parameters").asString())
                    .isEqualTo("{\"temperature\": 0.5, \"api_key\": \"[masked]\"}");
            assertThat(tree.at("/llm/invocation_parameters").asString())
                    .isEqualTo("{\"temperature\":0.5,\"api_key\":\"[masked]\"}");
            assertThat(tree.at("/metadata"))
                    .isEqualTo(Api.json("{'note': '[masked]', 'team': 'blue'}"));
            assertThat(tree.at("/input/value").asString()).isEqualTo("What is a token?");
            assertThat(api.get("/v1/spans/%s/derivation".formatted(id)).at("/data/masked"))
                    .isEqualTo(
                            Api.json(
                                    """
                                    ['resource.OPENAI_API_KEY', 'scope.token',
                                     'langfuse.observation.model.parameters', 'metadata',
                                     'events.request.client.api_key', 'links.authorization']\
                                    """));
            assertThat(rederive(masking).get("changedSpans").asInt()).isZero();

            // The same span once more is no conflict with what is left of it.
            assertThat(Transport.PROTOBUF.send(masking, request).getRejectedSpans()).isZero();
            assertThat(tablesWithSecrets(masking)).isEmpty();
        }
    }

    private static ExportTraceServiceRequest leaking() {
        Span.Builder span =
                Spans.span(Spans.id(16), "leak")
                        .addAttributes(Spans.text("langfuse.observation.type", "generation"))
                        .addAttributes(
                                Spans.text(
                                        "langfuse.observation.model.parameters",
                                        "{\"temperature\": 0.5, \"api_key\": \"%s\"}"
                                                .formatted(KEY)))
                        .addAttributes(
                                Spans.text(
                                        "metadata",
                                        "{\"note\": \"%s\", \"team\": \"blue\"}".formatted(KEY)))
                        .addAttributes(
                                Spans.text("langfuse.observation.input", "What is a token?"));
        span.addEventsBuilder()
                .setName("request")
                .setTimeUnixNano(span.getStartTimeUnixNano())
                .addAttributes(Spans.text("client.api_key", KEY));
        span.addLinksBuilder()
                .setTraceId(Spans.id(16))
                .setSpanId(Spans.id(8))
                .addAttributes(Spans.text("authorization", KEY));
        ExportTraceServiceRequest.Builder request = Spans.request("leaks", span).toBuilder();
        request.getResourceSpansBuilder(0)
                .getResourceBuilder()
                .addAttributes(Spans.text("OPENAI_API_KEY", KEY));
        request.getResourceSpansBuilder(0)
                .getScopeSpansBuilder(0)
                .getScopeBuilder()
                .addAttributes(Spans.text("token", KEY));
        return request.build();
    }

    private static Map<String, String> with(Map<String, String> storage, String masks) {
        return Map.of(
                "PHOENIX_SQL_DATABASE_URL",
                storage.get("PHOENIX_SQL_DATABASE_URL"),
                "PHOENIX_MASK_LEAKED_SECRETS",
                masks);
    }

    private static JsonNode rederive(TestServer server) {
        Api api = new Api(server);
        String id =
                api.query("mutation {rederiveSpans(input: {}) {rederivation {id}}}")
                        .at("/rederiveSpans/rederivation/id")
                        .asString();
        String query =
                "{node(id: \"%s\") {... on Rederivation {state changedSpans}}}".formatted(id);
        Await.await(DEADLINE, "DONE", () -> api.query(query).at("/node/state").asString());
        return api.query(query).get("node");
    }

    private static List<String> tablesWithSecrets(TestServer server) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("spans", "span_payloads", "resources", "scopes")) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    boolean found = false;
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            String value = rows.getString(i);
                            found |= value != null && value.contains("TREASURE");
                        }
                    }
                    if (found) {
                        tables.add(table);
                    }
                }
            }
        }
        return tables;
    }
}
