package dev.phoenix.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServerTest(authentication = true)
class SystemSettingsTest {

    private static final String QUERY =
            """
            {agentsConfig {assistantEnabled githubEnabled allowLocalTraces allowRemoteExport
              sessionRetentionMaxIdleDays sessionRetentionMaxCountPerUser}}""";

    private static final String DEFAULTS =
            """
            {'assistantEnabled': true, 'githubEnabled': true, 'allowLocalTraces': false,
             'allowRemoteExport': false, 'sessionRetentionMaxIdleDays': 30,
             'sessionRetentionMaxCountPerUser': 30}""";

    private final TestServer server;

    SystemSettingsTest(TestServer server) {
        this.server = server;
    }

    @AfterEach
    void forget() throws SQLException {
        execute("DELETE FROM system_settings");
    }

    @Test
    void whatAdminsDecide_isStoredAndShownToEverybody() {
        Browser viewer = Browser.as(server, "VIEWER");
        assertThat(config(viewer)).isEqualTo(Api.json(DEFAULTS));

        JsonNode set =
                Browser.as(server, "ADMIN")
                        .graphQl(
                                """
                                mutation {
                                  setAgentAssistantEnabled(input: {enabled: false}) {enabled}
                                  setAgentGithubEnabled(input: {enabled: false}) {enabled}
                                  setAgentTraceRecording(input: {allowLocalTraces: true, allowRemoteExport: true})
                                    {allowLocalTraces allowRemoteExport}
                                  setAgentSessionRetention(input: {maxIdleDays: 7}) {maxIdleDays maxCountPerUser}
                                }""",
                                Map.of());
        assertThat(set)
                .isEqualTo(
                        Api.json(
                                """
                                {'data': {'setAgentAssistantEnabled': {'enabled': false},
                                  'setAgentGithubEnabled': {'enabled': false},
                                  'setAgentTraceRecording': {'allowLocalTraces': true, 'allowRemoteExport': true},
                                  'setAgentSessionRetention': {'maxIdleDays': 7, 'maxCountPerUser': null}}}"""));
        assertThat(config(viewer))
                .isEqualTo(
                        Api.json(
                                """
                                {'assistantEnabled': false, 'githubEnabled': false, 'allowLocalTraces': true,
                                 'allowRemoteExport': true, 'sessionRetentionMaxIdleDays': 7,
                                 'sessionRetentionMaxCountPerUser': null}"""));
    }

    @Test
    void others_changeNothing() {
        for (String role : new String[] {"MEMBER", "VIEWER"}) {
            Browser browser = Browser.as(server, role);
            JsonNode answer =
                    browser.graphQl(
                            "mutation {setAgentAssistantEnabled(input: {enabled: false}) {enabled}}",
                            Map.of());
            assertThat(answer.at("/errors/0/extensions/code").asString()).isEqualTo("UNAUTHORIZED");
            assertThat(config(browser)).isEqualTo(Api.json(DEFAULTS));
        }
    }

    @Test
    void limitOfNothing_isRefused() {
        JsonNode answer =
                Browser.as(server, "ADMIN")
                        .graphQl(
                                "mutation {setAgentSessionRetention(input: {maxIdleDays: 0}) {maxIdleDays}}",
                                Map.of());
        assertThat(answer.at("/errors/0/message").asString())
                .isEqualTo("maxIdleDays must be at least 1, or null for no limit, was 0");
    }

    @Test
    void change_isOnRecord() {
        Browser admin = Browser.as(server, "ADMIN");
        admin.graphQl(
                "mutation {setAgentSessionRetention(input: {maxCountPerUser: 5}) {maxIdleDays}}",
                Map.of());
        JsonNode entry =
                JsonMapper.shared()
                        .readTree(
                                admin.get("/v1/audit_events?action=setting.change&limit=1").body())
                        .at("/data/0");
        assertThat(entry.path("target").asString()).isEqualTo("agent.assistant.session_retention");
        assertThat(entry.path("details"))
                .isEqualTo(Api.json("{'max_idle_days': 'null', 'max_count_per_user': '5'}"));
    }

    @Test
    void valueNobodyUnderstands_countsAsTheDefault() throws SQLException {
        execute(
                "INSERT INTO system_settings (key, value, updated_at_ns) VALUES"
                        + " ('agent.assistant.enabled', '{\"enabled\": \"perhaps\"}', 1),"
                        + " ('agent.assistant.session_retention', '{\"max_idle_days\": -1}', 1),"
                        + " ('agent.assistant.trace_recording', 'null', 1)");
        assertThat(config(Browser.as(server, "VIEWER"))).isEqualTo(Api.json(DEFAULTS));
    }

    private static JsonNode config(Browser browser) {
        return browser.graphQl(QUERY, Map.of()).at("/data/agentsConfig");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
