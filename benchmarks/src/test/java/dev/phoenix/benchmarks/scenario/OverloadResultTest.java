package dev.phoenix.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.ExporterReport;
import dev.phoenix.benchmarks.load.Load.Sample;
import dev.phoenix.benchmarks.load.LoadReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverloadResultTest {

    private static final ExporterReport HUNDRED_A_SECOND =
            new ExporterReport(
                    new LoadReport(
                            List.of(
                                    new Sample(0, Answer.REFUSED, 1, 1),
                                    new Sample(0, Answer.ACKNOWLEDGED, 2, 1)),
                            Duration.ofSeconds(1),
                            100),
                    4,
                    3);

    @Test
    void all_is_well() {
        var result = new OverloadResult(110, HUNDRED_A_SECOND, 500 << 20, 0);

        assertThat(result.failures()).isZero();
        assertThat(result.toString())
                .startsWith("offered 400 spans/s for 1 s, at most 110/s before")
                .contains("stored 100 spans/s, 0.91 of the maximum")
                .contains("1 requests acknowledged, 1 refusals, 0 failed, 3 of 4 dropped");
    }

    @Test
    void each_limit_counts() {
        assertThat(new OverloadResult(112, HUNDRED_A_SECOND, 500 << 20, 0).failures()).isOne();
        assertThat(new OverloadResult(112, HUNDRED_A_SECOND, 1 << 30, 0).failures()).isEqualTo(2);
        assertThat(new OverloadResult(112, HUNDRED_A_SECOND, 1 << 30, 1).failures()).isEqualTo(3);
    }
}
