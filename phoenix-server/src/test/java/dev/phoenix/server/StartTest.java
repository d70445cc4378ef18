package dev.phoenix.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTest {

    @ParameterizedTest
    @ValueSource(strings = {"PHOENIX_PORT", "PHOENIX_GRPC_PORT", "PHOENIX_PROMETHEUS_PORT"})
    void takenPort_isTold(String variable) throws IOException {
        for (String address : new String[] {"127.0.0.1", "::1"}) {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(address))) {
                Map<String, String> variables =
                        Map.of(
                                variable,
                                Integer.toString(taken.getLocalPort()),
                                "PHOENIX_ENABLE_PROMETHEUS",
                                "TRUE");
                assertThatThrownBy(() -> TestServer.start(TestEngine.SQLITE, variables))
                        .isInstanceOf(SettingsException.class)
                        .hasMessage(
                                "%s is %d, which cannot be bound on %s (Address already in use): stop what uses it or set %s to a free port.",
                                variable,
                                taken.getLocalPort(),
                                taken.getInetAddress().getHostAddress(),
                                variable);
            }
        }
    }

    @Test
    void samePortTwice_isTold() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Map<String, String> variables =
                Map.of(
                        "PHOENIX_PORT",
                        Integer.toString(port),
                        "PHOENIX_GRPC_PORT",
                        Integer.toString(port));
        assertThatThrownBy(() -> TestServer.start(TestEngine.SQLITE, variables))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "PHOENIX_PORT and PHOENIX_GRPC_PORT are both %d, but HTTP and gRPC need a port each: change one of them.",
                        port);
    }

    @Test
    void addressOfAnotherMachine_isTold() {
        assertThatThrownBy(
                        () ->
                                TestServer.start(
                                        TestEngine.SQLITE, Map.of("PHOENIX_HOST", "192.0.2.1")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "PHOENIX_HOST must be an address of this machine, was 192.0.2.1: set one that is, or 0.0.0.0 for all.");
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void restart_findsWhatWasStored(TestEngine engine) {
        try (TestServer first = TestServer.start(engine, Map.of())) {
            assertThat(first.post("/v1/traces", "application/json", spanIn("kept")).statusCode())
                    .isEqualTo(200);
            try (TestServer second =
                    TestServer.start(
                            engine, Map.of("PHOENIX_SQL_DATABASE_URL", first.databaseUrl()))) {
                assertThat(second.get("/v1/projects/kept").statusCode()).isEqualTo(200);
            }
        }
    }

    private static String spanIn(String project) {
        return """
                {"resourceSpans": [{
                  "resource": {"attributes": [{"key": "openinference.project.name", "value": {"stringValue": "%s"}}]},
                  "scopeSpans": [{"spans": [{
                    "traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "b7ad6b7169203331", "name": "step",
                    "startTimeUnixNano": "1700000000000000000", "endTimeUnixNano": "1700000001000000000"
                  }]}]
                }]}
                """
                .formatted(project);
    }
}
