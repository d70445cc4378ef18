package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was asked for once is asked for again after it changed. */
@ServerTest
class RememberedSumsTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private static final Map<String, Object> CALL =
            Map.of("llm.model_name", "gpt-4o-mini", "llm.token_count.prompt", 1000L);

    private final TestServer server;
    private final Api api;
    private final Telemetry sent;

    RememberedSumsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.sent = Telemetry.of(server);
    }

    /** Failed traces by hour, and how many models were called. */
    private record Shown(List<Integer> traces, List<Integer> failed, double cost, int models) {}

    @Test
    void spanOfALaterHour_changesTheHourItsTraceStartsIn() {
        sent.span(1, 1, MINUTE, 2 * MINUTE).span(2, 2, MINUTE, 2 * MINUTE).send();
        assertThat(shown()).isEqualTo(new Shown(List.of(2, 0, 0), List.of(0, 0, 0), 0, 0));
        send(3, 1, 2 * HOUR, true);
        Shown later = shown();
        assertThat(later.traces).containsExactly(2, 0, 0);
        assertThat(later.failed).containsExactly(1, 0, 0);
        assertThat(later.cost).isPositive();
        assertThat(later.models).isEqualTo(1);
    }

    @Test
    void earlierSpan_takesItsTraceToAnotherHour_andADeletionTakesItAway() {
        send(1, 1, 2 * HOUR, false);
        double cost = shown().cost;
        sent.span(1, 2, HOUR + MINUTE, HOUR + 2 * MINUTE).send();
        assertThat(shown()).isEqualTo(new Shown(List.of(0, 1, 0), List.of(0, 0, 0), cost, 1));
        send(3, 2, HOUR, false);
        assertThat(shown().cost).isEqualTo(2 * cost);
        var deleted = server.send(server.request("/v1/traces/" + sent.traceId(1)).DELETE());
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(shown()).isEqualTo(new Shown(List.of(0, 1, 0), List.of(0, 0, 0), cost, 1));
    }

    private void send(int span, int trace, long startNs, boolean failed) {
        sent.span(
                        trace,
                        span,
                        startNs,
                        startNs + MINUTE,
                        draft -> {
                            draft.kind("LLM");
                            CALL.forEach(draft::attribute);
                            if (failed) {
                                draft.error("no");
                            }
                        })
                .send();
    }

    private Shown shown() {
        JsonNode project =
                api.query(
                                """
                                { project: getProjectByName(name: "%1$s") {
                                  traceCountByStatusTimeSeries(%2$s) { data { errorCount totalCount } }
                                  costSummary { total { cost } }
                                  topModelsByTokenCount(%2$s) { name }
                                } }
                                """
                                        .formatted(
                                                sent.project(),
                                                "timeRange: {start: \"2026-01-01T00:00:00Z\", end:"
                                                        + " \"2026-01-01T03:00:00Z\"}"))
                        .path("project");
        JsonNode bins = project.at("/traceCountByStatusTimeSeries/data");
        return new Shown(
                values(bins, "totalCount"),
                values(bins, "errorCount"),
                project.at("/costSummary/total/cost").asDouble(0),
                project.path("topModelsByTokenCount").size());
    }

    private static List<Integer> values(JsonNode bins, String name) {
        return StreamSupport.stream(bins.spliterator(), false)
                .map(bin -> bin.path(name).asInt())
                .toList();
    }
}
