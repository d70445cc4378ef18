package dev.phoenix.benchmarks.bare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.Load;
import dev.phoenix.benchmarks.load.LoadReport;
import dev.phoenix.benchmarks.load.Pace;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Bare;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BareServerTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    @ParameterizedTest
    @EnumSource
    void everything_acknowledged_is_stored(Protocol protocol, @TempDir Path folder)
            throws Exception {
        var requests = new Requests("bare");
        try (Store store = Engine.SQLITE.newStore(folder)) {
            LoadReport report;
            try (RunningServer server = RunningServer.start(new Bare(List.of()), store, folder);
                    Sender sender = protocol.sender(server.httpPort(), server.grpcPort(), 4)) {
                report = new Load(requests, sender, 4).run(new Pace.Open(2_000), SHORT);
            }

            assertThat(report.requests(Answer.FAILED)).isZero();
            assertThat(report.acknowledgedSpans()).isPositive();
            assertThat(store.spanIds())
                    .containsExactlyInAnyOrderElementsOf(
                            report.acknowledged().boxed().flatMap(requests::spanIds).toList());
        }
    }
}
