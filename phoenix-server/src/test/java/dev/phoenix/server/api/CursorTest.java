package dev.phoenix.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

class CursorTest {

    @Test
    void cursor_carriesNanosecondsInReadableForm() {
        assertThat(plain(new Cursor(5, SortKey.DATETIME, 1_769_860_800_123_456_789L)))
                .isEqualTo("5:DATETIME:2026-01-31T12:00:00.123456789+00:00");
        assertThat(plain(new Cursor(5, SortKey.FLOAT, 1_500_000_001L)))
                .isEqualTo("5:FLOAT:1500.000001");
    }

    @Property
    void everyLatency_survives(@ForAll long key, @ForAll long nanos) {
        Cursor cursor = new Cursor(key, SortKey.FLOAT, nanos);
        assertThat(Cursor.parse(cursor.encode(), SortKey.FLOAT)).isEqualTo(cursor);
    }

    @Property
    void everyName_survives(@ForAll String name) {
        Assume.that(name.indexOf('\0') < 0);
        String valid = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Cursor cursor = new Cursor(1, SortKey.STRING, valid);
        assertThat(Cursor.parse(cursor.encode(), SortKey.STRING)).isEqualTo(cursor);
    }

    @ParameterizedTest
    @EnumSource(SortKey.class)
    void cursorOfAnotherOrder_isRefused(SortKey expected) {
        SortKey other = expected == SortKey.STRING ? SortKey.INTEGER : SortKey.STRING;
        String cursor = new Cursor(1, other, other == SortKey.STRING ? "1" : 1L).encode();
        refused(cursor, expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "1",
                "1:DATETIME",
                "x:DATETIME:2026-01-31",
                "1:DATETIME:x",
                "1:FLOAT:1",
                "Trace:1"
            })
    void malformedCursor_isRefused(String plain) {
        refused(
                Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)),
                SortKey.DATETIME);
        refused(plain, SortKey.DATETIME);
    }

    /** Its value as a number would be a gigabyte of zeros. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1e999999999", "-1e999999999", "1e-999999999", "1e2147483647", "0.0000001"})
    void cursorOfAnAbsurdLatency_isRefused(String latency) {
        refused(
                Base64.getEncoder()
                        .encodeToString(("1:FLOAT:" + latency).getBytes(StandardCharsets.UTF_8)),
                SortKey.FLOAT);
    }

    private static void refused(String cursor, SortKey expected) {
        assertThatThrownBy(() -> Cursor.parse(cursor, expected))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
                            assertThat(e).hasMessageStartingWith("Invalid cursor");
                        });
    }

    private static String plain(Cursor cursor) {
        return new String(Base64.getDecoder().decode(cursor.encode()), StandardCharsets.UTF_8);
    }
}
