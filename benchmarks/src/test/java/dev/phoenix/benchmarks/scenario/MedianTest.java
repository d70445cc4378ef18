package dev.phoenix.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void of_three_it_is_the_second() {
        assertThat(Median.of(DoubleStream.of(9, 1, 4))).isEqualTo(4);
    }

    @Test
    void of_two_it_is_their_mean() {
        assertThat(Median.of(DoubleStream.of(9, 1))).isEqualTo(5);
    }

    @Test
    void of_none_there_is_none() {
        assertThat(Median.of(DoubleStream.empty())).isNaN();
    }
}
