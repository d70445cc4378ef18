package dev.phoenix.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class TimeSeriesTest {

    private static final long MS = 1_000_000;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private static final String THREE_HOURS =
            "timeRange: {start: \"2026-01-01T00:00:30Z\", end: \"2026-01-01T02:30:30Z\"}";

    private final TestServer server;
    private final Api api;

    TimeSeriesTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void spansAndTraces_areCountedWhereTheyStart() {
        Telemetry sent = sent();
        JsonNode found =
                project(
                        sent,
                        """
                        spanCountTimeSeries(%1$s) {data {timestamp okCount errorCount unsetCount totalCount}}
                        failed: spanCountTimeSeries(%1$s, filterCondition: "status_code == 'ERROR'") {data {okCount errorCount totalCount}}
                        traceCountTimeSeries(%1$s) {data {timestamp value}}
                        traceCountByStatusTimeSeries(%1$s) {data {okCount errorCount totalCount}}
                        """
                                .formatted(THREE_HOURS));
        assertThat(found)
                .isEqualTo(
                        Api.json(
                                """
                                {'spanCountTimeSeries': {'data': [
                                   {'timestamp': '2026-01-01T00:00:00+00:00', 'okCount': 1, 'errorCount': 1, 'unsetCount': 1, 'totalCount': 3},
                                   {'timestamp': '2026-01-01T01:00:00+00:00', 'okCount': 0, 'errorCount': 0, 'unsetCount': 0, 'totalCount': 0},
                                   {'timestamp': '2026-01-01T02:00:00+00:00', 'okCount': 0, 'errorCount': 0, 'unsetCount': 1, 'totalCount': 1}]},
                                 'failed': {'data': [
                                   {'okCount': 0, 'errorCount': 1, 'totalCount': 1},
                                   {'okCount': 0, 'errorCount': 0, 'totalCount': 0},
                                   {'okCount': 0, 'errorCount': 0, 'totalCount': 0}]},
                                 'traceCountTimeSeries': {'data': [
                                   {'timestamp': '2026-01-01T00:00:00+00:00', 'value': 1.0},
                                   {'timestamp': '2026-01-01T01:00:00+00:00', 'value': 0.0},
                                   {'timestamp': '2026-01-01T02:00:00+00:00', 'value': 1.0}]},
                                 'traceCountByStatusTimeSeries': {'data': [
                                   {'okCount': 0, 'errorCount': 1, 'totalCount': 1},
                                   {'okCount': 0, 'errorCount': 0, 'totalCount': 0},
                                   {'okCount': 1, 'errorCount': 0, 'totalCount': 1}]}}
                                """));
    }

    @Test
    void tokensCostsAndLatencies_areThoseOfTheBin() {
        Telemetry sent = sent();
        JsonNode found =
                project(
                        sent,
                        """
                        traceLatencyMsPercentileTimeSeries(%1$s) {data {p50 p999 max}}
                        traceTokenCountTimeSeries(%1$s) {data {promptTokenCount completionTokenCount totalTokenCount
                          promptTokenCountDetails {tokenType tokenCount}}}
                        traceTokenCostTimeSeries(%1$s) {data {promptCost}}
                        topModelsByTokenCount(timeRange: {}) {name}
                        topModelsByCost(timeRange: {}) {name}
                        """
                                .formatted(THREE_HOURS));
        assertThat(found.at("/traceLatencyMsPercentileTimeSeries/data"))
                .isEqualTo(
                        Api.json(
                                """
                                [{'p50': 4.0, 'p999': 4.0, 'max': 4.0}, {'p50': null, 'p999': null, 'max': null},
                                 {'p50': 2.0, 'p999': 2.0, 'max': 2.0}]
                                """));
        assertThat(found.at("/traceTokenCountTimeSeries/data/0"))
                .isEqualTo(
                        Api.json(
                                """
                                {'promptTokenCount': 11.0, 'completionTokenCount': 5.0, 'totalTokenCount': 16.0,
                                 'promptTokenCountDetails': [{'tokenType': 'cache_read', 'tokenCount': 4.0},
                                   {'tokenType': 'input', 'tokenCount': 7.0}]}
                                """));
        assertThat(found.at("/traceTokenCostTimeSeries/data/0/promptCost").asDouble()).isPositive();
        assertThat(found.at("/traceTokenCostTimeSeries/data/1/promptCost").isNull()).isTrue();
        assertThat(found.at("/topModelsByTokenCount/0/name").asString()).isEqualTo("gpt-4o-mini");
        assertThat(found.get("topModelsByCost")).isEqualTo(found.get("topModelsByTokenCount"));
    }

    @ParameterizedTest
    @CsvSource({
        "MINUTE, 0, 2025-12-31T23:59:00Z, 2026-01-01T00:01:00Z, 2025-12-31T23:59 0;"
                + " 2026-01-01T00:00 3",
        "DAY, 330, 2025-12-31T20:00:00Z, 2026-01-01T03:00:00Z, 2025-12-31T18:30 4",
        "DAY, -60, 2025-12-31T20:00:00Z, 2026-01-01T03:00:00Z, 2025-12-31T01:00 3; 2026-01-01T01:00"
                + " 1",
        "WEEK, 0, 2025-12-30T00:00:00Z, 2026-01-06T00:00:00Z, 2025-12-29T00:00 4; 2026-01-05T00:00"
                + " 0",
        "MONTH, 0, 2025-12-30T00:00:00Z, 2026-01-06T00:00:00Z, 2025-12-01T00:00 0; 2026-01-01T00:00"
                + " 4",
        "YEAR, 0, 2025-12-30T00:00:00Z, 2026-01-06T00:00:00Z, 2025-01-01T00:00 0; 2026-01-01T00:00"
                + " 4"
    })
    void bins_followTheCalendarOfTheOffset(
            String scale, int offset, String start, String end, String expected) {
        JsonNode found =
                project(
                        sent(),
                        "spanCountTimeSeries(timeRange: {start: \"%s\", end: \"%s\"}, timeBinConfig: {scale: %s, utcOffsetMinutes: %d}) {data {timestamp totalCount}}"
                                .formatted(start, end, scale, offset));
        List<String> points = new ArrayList<>();
        found.at("/spanCountTimeSeries/data")
                .forEach(
                        point ->
                                points.add(
                                        point.get("timestamp").asString().substring(0, 16)
                                                + " "
                                                + point.get("totalCount").asInt()));
        assertThat(String.join("; ", points)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'timeRange: {end: \"2026-01-01T00:00:00Z\"}', timeRange.start must be given",
        "'timeRange: {start: \"2025-01-01T00:00:00Z\", end: \"2026-01-01T00:00:00Z\"},"
                + " timeBinConfig: {scale: MINUTE}', at most 5000 bins",
        "'timeRange: {start: \"2025-01-01T00:00:00Z\"}, timeBinConfig: {utcOffsetMinutes: 2000}',"
                + " utcOffsetMinutes must be -1080..1080"
    })
    void impossibleBins_areRefused(String arguments, String message) {
        JsonNode error =
                api.error(
                        "{getProjectByName(name: \"default\") {traceCountTimeSeries(%s) {data {value}}}}"
                                .formatted(arguments));
        assertThat(error.at("/message").asString()).contains(message);
        assertThat(error.at("/extensions/code").asString()).isEqualTo("BAD_REQUEST");
    }

    private JsonNode project(Telemetry sent, String fields) {
        return api.query("{getProjectByName(name: \"%s\") {%s}}".formatted(sent.project(), fields))
                .get("getProjectByName");
    }

    private Telemetry sent() {
        return Telemetry.of(server)
                .span(1, 1, 31_000 * MS, 31_004 * MS, span -> span.ok())
                .span(
                        1,
                        2,
                        31_001 * MS,
                        31_002 * MS,
                        span ->
                                span.parent(1)
                                        .tokens(11, 5)
                                        .attribute("llm.model_name", "gpt-4o-mini")
                                        .attribute("llm.provider", "openai")
                                        .attribute("llm.token_count.prompt_details.cache_read", 4)
                                        .error("no"))
                .span(1, 3, 31_002 * MS, 31_003 * MS, span -> span.parent(1))
                .span(2, 4, 2 * HOUR + 30 * MINUTE, 2 * HOUR + 30 * MINUTE + 2 * MS)
                .send();
    }
}
