package dev.phoenix.server.ops;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class StorageStatusTest {

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void tables_areToldLargestFirstWithTheirIndexes(TestEngine engine) {
        try (TestServer server =
                TestServer.start(
                        engine,
                        Map.of("PHOENIX_DATABASE_ALLOCATED_STORAGE_CAPACITY_GIBIBYTES", "1.5"))) {
            JsonNode status = status(server);
            assertThat(status.path("dbStorageCapacityBytes").asDouble()).isEqualTo(1.5 * (1 << 30));
            assertThat(status.at("/serverStatus/insufficientStorage").asBoolean()).isFalse();
            assertThat(
                            status.path("dbTableStats")
                                    .valueStream()
                                    .map(table -> table.path("numBytes").asDouble())
                                    .toList())
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a));
            Map<String, Double> bytes =
                    status.path("dbTableStats")
                            .valueStream()
                            .collect(
                                    toMap(
                                            table -> table.path("tableName").asString(),
                                            table -> table.path("numBytes").asDouble()));
            assertThat(bytes).containsKeys("spans", "users");
            assertThat(bytes.keySet()).noneMatch(name -> name.startsWith("ix_"));
            // Each of its indexes takes a page at least.
            assertThat(bytes.get("audit_log")).isGreaterThanOrEqualTo(5 * 4096.0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void fullStorage_isTold(TestEngine engine) {
        try (TestServer server =
                TestServer.start(
                        engine,
                        Map.of(
                                "PHOENIX_DATABASE_ALLOCATED_STORAGE_CAPACITY_GIBIBYTES",
                                "0.000001",
                                "PHOENIX_DATABASE_USAGE_INSERTION_BLOCKING_THRESHOLD_PERCENTAGE",
                                "50"))) {
            Await.await(
                    Duration.ofSeconds(20),
                    true,
                    () -> status(server).at("/serverStatus/insufficientStorage").asBoolean());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void capacityNobodyTold_isNull(TestEngine engine) {
        try (TestServer server = TestServer.start(engine, Map.of())) {
            assertThat(status(server).path("dbStorageCapacityBytes").isNull()).isTrue();
        }
    }

    private static JsonNode status(TestServer server) {
        return new Api(server)
                .query(
                        "{dbStorageCapacityBytes dbTableStats {tableName numBytes} serverStatus {insufficientStorage}}");
    }
}
