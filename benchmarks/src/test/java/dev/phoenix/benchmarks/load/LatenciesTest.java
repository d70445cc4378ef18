package dev.phoenix.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentiles_are_times_that_were_measured() {
        var latencies = new Latencies(LongStream.rangeClosed(1, 100).map(i -> 101 - i));

        assertThat(latencies.percentile(50)).isEqualTo(Duration.ofNanos(50));
        assertThat(latencies.percentile(95)).isEqualTo(Duration.ofNanos(95));
        assertThat(latencies.percentile(99)).isEqualTo(Duration.ofNanos(99));
        assertThat(latencies.percentile(100)).isEqualTo(Duration.ofNanos(100));
    }

    @Test
    void of_few_the_99th_is_the_worst() {
        assertThat(new Latencies(LongStream.of(3, 9, 5)).percentile(99))
                .isEqualTo(Duration.ofNanos(9));
    }

    @Test
    void nothing_measured_takes_no_time() {
        assertThat(new Latencies(LongStream.empty()).percentile(99)).isZero();
    }
}
