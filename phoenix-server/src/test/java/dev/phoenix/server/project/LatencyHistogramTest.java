package dev.phoenix.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    private final Random random = new Random(1);

    @Test
    void middleOfABucket_isCloseToEveryLatencyInIt() {
        for (int i = 0; i < 100_000; i++) {
            long latency = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
            double middle = LatencyHistogram.middleOf(LatencyHistogram.bucketOf(latency));
            assertThat(middle).isCloseTo(latency, within(latency * LatencyHistogram.MAX_ERROR));
        }
        assertThat(LatencyHistogram.middleOf(LatencyHistogram.bucketOf(63))).isEqualTo(63);
    }

    @Test
    void buckets_followEachOther() {
        int last = LatencyHistogram.bucketOf(Long.MAX_VALUE);
        for (int bucket = 0; bucket <= last; bucket++) {
            long middle = (long) LatencyHistogram.middleOf(bucket);
            assertThat(LatencyHistogram.bucketOf(middle)).isEqualTo(bucket);
        }
    }

    @Test
    void whatIsTakenBack_leavesNoTrace() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(1_000_000, 3);
        byte[] before = histogram.encode();
        LatencyHistogram more = new LatencyHistogram();
        more.add(5_000_000, 1);
        more.add(1_000_000, 200);
        histogram.add(more);
        assertThat(LatencyHistogram.decode(histogram.encode()).total()).isEqualTo(204);
        histogram.add(5_000_000, -1);
        histogram.add(1_000_000, -200);
        assertThat(histogram.encode()).isEqualTo(before).hasSize(3);
    }

    @Test
    void latencyBelowZero_countsAsZero() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(-5, 1);
        assertThat(histogram.quantile(0.5)).isZero();
    }
}
