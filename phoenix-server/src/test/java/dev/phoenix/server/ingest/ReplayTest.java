package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What PostgreSQL undoes through no fault of the spans is done again, and blamed on none of them.
 */
class ReplayTest {

    private static final int REPLAYS = 5;

    /** Deadlock, serialization failure. */
    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001"})
    void conflicts_cost_a_sender_nothing_until_they_go_on_for_too_long(String state)
            throws SQLException {
        try (TestServer server = TestServer.start(TestEngine.POSTGRESQL, Map.of())) {
            String project = server.projectName();
            failNext(server, REPLAYS, state);
            assertThat(send(server, project, "a", "b")).isEqualTo(200);

            failNext(server, REPLAYS + 1, state);
            assertThat(send(server, project, "c", "d")).isEqualTo(503);
            assertThat(names(server, project)).containsExactlyInAnyOrder("a", "b");
            assertThat(send(server, project, "c", "d")).isEqualTo(200);

            assertThat(names(server, project)).containsExactlyInAnyOrder("a", "b", "c", "d");
            assertThat(new Api(server).get("/v1/rejections").get("data")).isEmpty();
            assertThat(server.differences()).isEmpty();
        }
    }

    /** A sequence counts on when everything else is rolled back. */
    private static void failNext(TestServer server, int times, String state) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    DROP SEQUENCE IF EXISTS attempts;
                    CREATE SEQUENCE attempts;
                    CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                        IF nextval('attempts') <= %d THEN
                            RAISE EXCEPTION 'another one was faster' USING ERRCODE = '%s';
                        END IF;
                        RETURN NULL;
                    END $$;
                    CREATE OR REPLACE TRIGGER fail AFTER INSERT ON spans
                        FOR EACH STATEMENT EXECUTE FUNCTION fail()"""
                            .formatted(times, state));
        }
    }

    private static int send(TestServer server, String project, String... names) {
        var trace = Spans.id(16);
        var spans = Arrays.stream(names).map(name -> Spans.llm(trace, name, 1, 2).build()).toList();
        return server.post(
                        "/v1/traces",
                        "application/x-protobuf",
                        Spans.request(project, spans).toByteArray())
                .statusCode();
    }

    private static List<String> names(TestServer server, String project) {
        return Stored.spans(server, project).stream()
                .map(span -> span.get("name").asString())
                .toList();
    }
}
