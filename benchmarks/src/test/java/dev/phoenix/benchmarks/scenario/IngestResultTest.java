package dev.phoenix.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.Latencies;
import dev.phoenix.benchmarks.load.Load.Sample;
import dev.phoenix.benchmarks.load.LoadReport;
import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.SpanSize;
import dev.phoenix.benchmarks.scenario.IngestResult.Run;
import dev.phoenix.benchmarks.scenario.IngestResult.Steady;
import dev.phoenix.benchmarks.target.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IngestResultTest {

    private static final IngestCase TERMS =
            new IngestCase(Engine.SQLITE, Protocol.GRPC, SpanSize.KB_2);
    private static final Steady STEADY =
            new Steady(load(2, Answer.ACKNOWLEDGED, 40), new Latencies(LongStream.of(6_000_000)));

    @Test
    void bytes_of_the_database_are_those_of_everything_acknowledged() {
        assertThat(result(Optional.of(STEADY)).figures(1_000))
                .isEqualTo(
                        new IngestFigures(
                                800, 0.8, 20, 20, 40, 6, 6, 0, 10, 350, 500, 3_600 / 3_000.0));
    }

    @Test
    void what_was_not_measured_is_a_dash() {
        assertThat(result(Optional.empty()).figures(Double.NaN).columns())
                .isEqualTo("800 | – | 20 / 20 | – | – / – | 0 | 10 | 350 / 500 | 1.80");
    }

    @Test
    void medians_are_of_each_figure() {
        IngestFigures floorKnown = result(Optional.of(STEADY)).figures(1_000);
        IngestFigures floorSlower = result(Optional.of(STEADY)).figures(400);

        assertThat(IngestFigures.median(List.of(floorSlower, floorKnown, floorSlower)))
                .isEqualTo(floorSlower);
    }

    @Test
    void a_failed_request_or_a_missing_span_is_wrong() {
        Run failed = run(load(0, Answer.FAILED, 10), Optional.empty());

        assertThat(result(Optional.empty()).complete()).isTrue();
        assertThat(new IngestResult("phoenix", TERMS, failed, 0, 0).complete()).isFalse();
        assertThat(
                        new IngestResult(
                                        "phoenix",
                                        TERMS,
                                        run(load(1, Answer.ACKNOWLEDGED, 20), Optional.empty()),
                                        0,
                                        1)
                                .complete())
                .isFalse();
    }

    private static IngestResult result(Optional<Steady> steady) {
        return new IngestResult(
                "phoenix", TERMS, run(load(1, Answer.ACKNOWLEDGED, 20), steady), 3_600, 0);
    }

    private static Run run(LoadReport measured, Optional<Steady> steady) {
        return new Run(
                load(0, Answer.ACKNOWLEDGED, 99),
                measured,
                steady,
                Duration.ofMillis(4),
                350L << 20,
                500L << 20,
                77);
    }

    /** 400 spans in 1,000 bytes within half a second. */
    private static LoadReport load(long request, Answer answer, int millis) {
        return new LoadReport(
                List.of(new Sample(request, answer, millis * 1_000_000L, 1_000)),
                Duration.ofMillis(500),
                400);
    }
}
