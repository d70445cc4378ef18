package dev.phoenix.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.benchmarks.load.Load.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoadReportTest {

    @Test
    void percentiles_are_exact() {
        LoadReport report = new LoadReport(acknowledged(1, 100), Duration.ofSeconds(2));

        assertThat(report.latency(50)).isEqualTo(Duration.ofNanos(50));
        assertThat(report.latency(95)).isEqualTo(Duration.ofNanos(95));
        assertThat(report.latency(99)).isEqualTo(Duration.ofNanos(99));
        assertThat(report.latency(100)).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void only_acknowledged_requests_count() {
        List<Sample> samples = new ArrayList<>(acknowledged(1, 10));
        samples.add(new Sample(11, Answer.REFUSED, 1_000));
        samples.add(new Sample(12, Answer.FAILED, 2_000));
        LoadReport report = new LoadReport(samples, Duration.ofSeconds(2));

        assertThat(report.acknowledgedSpans()).isEqualTo(1_000);
        assertThat(report.spansPerSecond()).isEqualTo(500);
        assertThat(report.latency(100)).isEqualTo(Duration.ofNanos(10));
        assertThat(report.requests(Answer.REFUSED)).isEqualTo(1);
        assertThat(report.requests(Answer.FAILED)).isEqualTo(1);
    }

    @Test
    void nothing_acknowledged_has_no_latency() {
        assertThat(new LoadReport(List.of(), Duration.ofSeconds(1)).latency(99)).isZero();
    }

    private static List<Sample> acknowledged(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(number -> new Sample(number, Answer.ACKNOWLEDGED, number))
                .toList();
    }
}
