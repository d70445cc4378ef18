package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnsOfPoolsTest {

    /** Half of them, but as many as a browser asks for, but two fewer than there are, but one. */
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 1",
        "3, 1",
        "4, 2",
        "6, 4",
        "8, 6",
        "9, 6",
        "12, 6",
        "18, 9",
        "600, 300"
    })
    void turns_leaveConnectionsToOthers(int connections, int turns) {
        assertThat(CallerTurns.atOnce(connections)).isEqualTo(turns);
    }
}
