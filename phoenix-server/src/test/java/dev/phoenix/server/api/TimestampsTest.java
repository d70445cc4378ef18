package dev.phoenix.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00+00:00",
        "2026-01-31T12:00:00.5Z, 2026-01-31T12:00:00.500000+00:00",
        "2026-01-31T12:00:00.000001999Z, 2026-01-31T12:00:00.000001+00:00",
        "2026-01-31T12:00:00.000000999Z, 2026-01-31T12:00:00+00:00",
        "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999+00:00"
    })
    void time_isWrittenWithSixDigitsOrNone(String time, String written) {
        assertThat(Timestamps.format(Instant.parse(time))).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00+00:00, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31t12:00:00z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00, 2026-01-31T12:00:00Z",
        "2026-01-31 12:00, 2026-01-31T12:00:00Z",
        "2026-01-31T14:00:00.123456789+02:00, 2026-01-31T12:00:00.123456789Z",
        "2026-01-31T12:00:00-0530, 2026-01-31T17:30:00Z",
        "2026-01-31T12:00:00 02:00, 2026-01-31T10:00:00Z",
        "2026-01-31, 2026-01-31T00:00:00Z",
        "1769860800, 2026-01-31T12:00:00Z",
        "1769860800.25, 2026-01-31T12:00:00.250Z",
        "1769860800123, 2026-01-31T12:00:00.123Z",
        "-1, 1969-12-31T23:59:59Z"
    })
    void commonForms_areRead(String text, Instant time) {
        assertThat(Timestamps.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-02-30",
                "2026-01-31T25:00:00Z",
                "2026-01-31T12:00:00+99:00",
                "12:00",
                "1e9"
            })
    void otherTexts_areRefused(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
    }

    @Property
    void exactForm_keepsEveryNanosecond(@ForAll long nanos) {
        // The first second of the range is cut off by the conversion.
        long stored = Math.max(nanos, Long.MIN_VALUE + 1_000_000_000L);
        assertThat(Timestamps.nanos(Timestamps.parse(Timestamps.formatExact(stored))))
                .isEqualTo(stored);
    }

    @Property
    void writtenTime_readsBackToTheMicrosecond(
            @ForAll @LongRange(min = 0, max = 4_000_000_000_000_000_000L) long nanos) {
        Instant time = Timestamps.instant(nanos);
        assertThat(Timestamps.nanos(Timestamps.parse(Timestamps.format(time))))
                .isEqualTo(nanos - nanos % 1000);
    }
}
