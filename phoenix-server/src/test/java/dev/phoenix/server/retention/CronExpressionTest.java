package dev.phoenix.server.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.api.ApiException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronExpressionTest {

    /** 2026-01-04 is a Sunday. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 * * 0|2026-01-07T12:30:00Z|2026-01-04T00:00:00Z",
                "0 0 * * 0|2026-01-04T00:00:00Z|2026-01-04T00:00:00Z",
                "0 0 * * 0|2026-01-03T23:59:59Z|2025-12-28T00:00:00Z",
                "0 * * * *|2026-01-07T12:30:00Z|2026-01-07T12:00:00Z",
                "0 3,15 * * 1-5|2026-01-04T12:00:00Z|2026-01-02T15:00:00Z",
                "0 */6 * * *|2026-01-07T12:30:00Z|2026-01-07T12:00:00Z",
                "0 5/6 * * *|2026-01-07T12:30:00Z|2026-01-07T11:00:00Z",
                "0 8-20/4 * * 6|2026-01-07T12:30:00Z|2026-01-03T20:00:00Z",
            })
    void lastHour_isTheLatestThatIsNamed(String text, Instant now, Instant expected) {
        assertThat(CronExpression.parse(text).lastHour(now)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 0 * *",
                "0 0 * * 0 0",
                "5 0 * * 0",
                "* 0 * * 0",
                "0 0 1 * 0",
                "0 0 * 1 0",
                "0 24 * * 0",
                "0 0 * * 7",
                "0 5-3 * * 0",
                "0 */0 * * 0",
                "0 x * * 0",
                "0 1, * * 0",
                "0 0 * * SUN"
            })
    void whatIsNoHourOfTheWeek_isRefused(String text) {
        assertThatThrownBy(() -> CronExpression.parse(text))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
