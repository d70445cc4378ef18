package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How long a model took to its first token, whoever tells it. */
@ServerTest
class FirstTokenTest {

    private static final long MS = 1_000_000;

    private final TestServer server;

    FirstTokenTest(TestServer server) {
        this.server = server;
    }

    /** Values as the recordings have them. */
    @ParameterizedTest
    @CsvSource({
        "gen_ai.response.time_to_first_chunk, 0.25, 250",
        "gen_ai.client.operation.time_to_first_chunk, 0.0625, 62.5",
        "gen_ai.server.time_to_first_token, 0.5, 500",
        "ai.response.msToFirstChunk, 65.5, 65.5",
        "ai.stream.msToFirstChunk, 143.25, 143.25"
    })
    void numbers_areReadInTheirUnit(String attribute, double told, double millis) {
        assertThat(told(attribute, told).asDouble()).isEqualTo(millis);
    }

    @Test
    void integerOfStrands_isMilliseconds() {
        assertThat(told("gen_ai.server.time_to_first_token", 1384).asDouble()).isEqualTo(1384);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "langfuse.observation.completion_start_time",
                "mastra.completion_start_time"
            })
    void times_countFromTheStartOfTheSpan(String attribute) {
        assertThat(told(attribute, "2026-01-01T00:00:00.312Z").asDouble()).isEqualTo(312);
        assertThat(told(attribute, "\"2026-01-01T00:00:00.312Z\"").asDouble()).isEqualTo(312);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "First Token Stream Event",
                "ai.stream.firstChunk",
                "gen_ai.content.completion.chunk",
                "llm.content.completion.chunk"
            })
    void earliestEvent_tells(String name) {
        Telemetry sent = Telemetry.of(server);
        sent.span(
                        1,
                        1,
                        0,
                        90 * MS,
                        span ->
                                span.event(name, 70 * MS, Map.of())
                                        .event(name, 40 * MS, Map.of())
                                        .event("other", 5 * MS, Map.of("said", name)))
                .send();
        assertThat(millis(sent).asDouble()).isEqualTo(40);
    }

    @Test
    void whatCannotBe_isNotTold() {
        for (Object nonsense :
                new Object[] {-1.0, Double.NaN, 1e12, "soon", true, Map.of("a", 1)}) {
            assertThat(told("gen_ai.response.time_to_first_chunk", nonsense).isNull())
                    .as("%s", nonsense)
                    .isTrue();
        }
        assertThat(
                        told("langfuse.observation.completion_start_time", "2025-12-31T23:59:59Z")
                                .isNull())
                .as("before the span")
                .isTrue();
        assertThat(told("nothing.of.it", 1).isNull()).isTrue();
    }

    private JsonNode told(String attribute, Object value) {
        Telemetry sent = Telemetry.of(server);
        sent.span(1, 1, 0, 900 * MS, span -> span.attribute(attribute, value)).send();
        return millis(sent);
    }

    private JsonNode millis(Telemetry sent) {
        return new Api(server)
                .query(
                        "{getSpanByOtelId(spanId: \"%s\") {timeToFirstTokenMs}}"
                                .formatted(sent.spanId(1)))
                .at("/getSpanByOtelId/timeToFirstTokenMs");
    }
}
