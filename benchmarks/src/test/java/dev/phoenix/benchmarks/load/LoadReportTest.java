package dev.phoenix.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.benchmarks.load.Load.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadReportTest {

    @Test
    void only_acknowledged_requests_count() {
        LoadReport report =
                new LoadReport(
                        List.of(
                                new Sample(0, Answer.ACKNOWLEDGED, 10, 1_000),
                                new Sample(1, Answer.REFUSED, 1_000, 7),
                                new Sample(2, Answer.ACKNOWLEDGED, 20, 3_000),
                                new Sample(3, Answer.FAILED, 2_000, 7)),
                        Duration.ofSeconds(2),
                        50);

        assertThat(report.acknowledged()).containsExactly(0L, 2L);
        assertThat(report.acknowledgedSpans()).isEqualTo(100);
        assertThat(report.acknowledgedBytes()).isEqualTo(4_000);
        assertThat(report.spansPerSecond()).isEqualTo(50);
        assertThat(report.latencies().percentile(100)).isEqualTo(Duration.ofNanos(20));
        assertThat(report.requests(Answer.REFUSED)).isEqualTo(1);
        assertThat(report.requests(Answer.FAILED)).isEqualTo(1);
    }
}
