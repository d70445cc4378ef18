package dev.phoenix.server.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.Telemetry.SpanDraft;
import dev.phoenix.server.kit.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Conditions on a call's model and tokens mean what the attributes say, whether or not columns say
 * the same.
 */
@ServerTest
class CallConditionsTest {

    private static final String MODEL = "llm.model_name";
    private static final String PROMPT = "llm.token_count.prompt";
    private static final String TOTAL = "llm.token_count.total";

    private static final List<String> CONDITIONS =
            List.of(
                    "llm.model_name == 'm'",
                    "llm.model_name != 'm'",
                    "llm.model_name in ['m', 'other']",
                    "llm.model_name == '5'",
                    "'M' in llm.model_name",
                    "llm.model_name is None",
                    "llm.model_name > 'a'",
                    "llm.token_count.prompt > 9",
                    "llm.token_count.prompt is None",
                    "llm.token_count.completion >= 0",
                    "llm.token_count.total > 10",
                    "llm.token_count.total == 15.0000000000000000001",
                    "llm.token_count.total in [15, 16]",
                    "llm.token_count.total is None",
                    "not llm.token_count.total > 15",
                    "llm.token_count.total - llm.token_count.prompt == 5",
                    "(llm.token_count.total > 15 or llm.model_name == 'other')",
                    "str(attributes['llm']['token_count']['total']) == '15'");

    private final TestServer server;
    private final Api api;
    private final Telemetry sent;
    private int spans;

    CallConditionsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.sent = Telemetry.of(server);
    }

    @Test
    void columnsChooseWhatAttributesSay() throws SQLException {
        // What columns tell.
        span(call -> call.kind("CHAIN"));
        span(call -> call.kind("CHAIN").attribute(MODEL, "m"));
        span(call -> call.tokens(10, 5).attribute(MODEL, "m"));
        span(call -> call.tokens(10, 5).attribute(MODEL, "m").attribute(TOTAL, 15));
        span(call -> call.tokens(10, 5).attribute(TOTAL, "15"));
        span(call -> call.kind("LLM").attribute(PROMPT, 10).attribute(TOTAL, 10));
        span(call -> call.kind("EMBEDDING").attribute("embedding.model_name", "m"));
        span(call -> call.kind("RERANKER").attribute("reranker.model_name", "m"));
        int told = spans;
        // What they do not.
        span(call -> call.tokens(10, 5).attribute(TOTAL, 16));
        span(call -> call.kind("LLM").attribute(TOTAL, 15));
        span(call -> call.kind("LLM").attribute(MODEL, 5));
        span(call -> call.kind("LLM").attribute(PROMPT, List.of(1)).attribute(MODEL, "other"));
        span(call -> call.kind("LLM").attribute(PROMPT, -1));
        span(call -> call.kind("LLM").attribute(PROMPT + ".cached", 7));
        span(call -> call.kind("LLM").attribute(MODEL + ".version", "m"));
        span(call -> call.kind("CHAIN").attribute(PROMPT, 10).attribute(TOTAL, 15));
        span(call -> call.kind("EMBEDDING").attribute(MODEL, "m"));
        span(call -> call.kind("TOOL").attribute("llm", Map.of("model_name", "m")));
        span(
                call ->
                        call.kind("LLM")
                                .attribute("llm.token_count", Map.of("total", 15))
                                .attribute(PROMPT, 10));
        sent.send();
        assertThat(markers()).hasSize(spans);
        assertThat(markers().values().stream().filter(marker -> marker >= 0)).hasSize(told);
        Map<String, List<String>> byColumns = chosen();
        assertThat(byColumns).doesNotContainValue(List.of());
        forgetMarkers();
        assertThat(chosen()).isEqualTo(byColumns);
    }

    private void span(Consumer<SpanDraft> call) {
        spans++;
        sent.span(spans, spans, spans, spans + 1, call);
    }

    private Map<String, List<String>> chosen() {
        Map<String, List<String>> chosen = new TreeMap<>();
        for (String condition : CONDITIONS) {
            String query =
                    """
                    query($name: String!, $condition: String!) {
                      getProjectByName(name: $name) {
                        spans(first: 100, filterCondition: $condition) {edges {node {name}}}
                      }
                    }\
                    """;
            JsonNode edges =
                    api.query(query, Map.of("name", sent.project(), "condition", condition))
                            .at("/getProjectByName/spans/edges");
            TreeSet<String> names = new TreeSet<>();
            edges.forEach(edge -> names.add(edge.at("/node/name").asString()));
            chosen.put(condition, List.copyOf(names));
        }
        return chosen;
    }

    private Map<String, Integer> markers() throws SQLException {
        Map<String, Integer> markers = new TreeMap<>();
        try (Connection connection = server.connect();
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT s.name, s.llm_marker FROM spans s JOIN projects p ON p.id ="
                                        + " s.project_id WHERE p.name = ?")) {
            select.setString(1, sent.project());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    markers.put(rows.getString(1), rows.getInt(2));
                }
            }
        }
        return markers;
    }

    private void forgetMarkers() throws SQLException {
        try (Connection connection = server.connect();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE spans SET llm_marker = -1 WHERE project_id = (SELECT id"
                                        + " FROM projects WHERE name = ?)")) {
            update.setString(1, sent.project());
            assertThat(update.executeUpdate()).isEqualTo(spans);
        }
    }
}
