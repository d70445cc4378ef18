package dev.phoenix.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalIdTest {

    @ParameterizedTest
    @CsvSource({
        "Project, 1, UHJvamVjdDox",
        "Trace, 9223372036854775807, VHJhY2U6OTIyMzM3MjAzNjg1NDc3NTgwNw=="
    })
    void id_isBase64OfTypeAndKey(String type, long key, String encoded) {
        assertThat(GlobalId.encode(type, key)).isEqualTo(encoded);
        assertThat(GlobalId.parse(encoded)).hasValue(new GlobalId(type, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UHJv\namVjdDox", "UHJvamVjdDox ", "-UHJv_amVjdDox"})
    void charactersOutsideTheAlphabet_areSkipped(String text) {
        assertThat(GlobalId.parse(text)).hasValue(new GlobalId("Project", 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "default",
                "UHJvamVjdA==",
                "UHJvamVjdDpv",
                "OjE=",
                "/////w==",
                "UHJvamVjdDo5OTk5OTk5OTk5OTk5OTk5OTk5OQ=="
            })
    void otherTexts_areNoIds(String text) {
        assertThat(GlobalId.parse(text)).isEqualTo(Optional.empty());
    }

    @Test
    void idOfAnotherType_hasNoKeyOfThisType() {
        assertThat(GlobalId.keyOf("Span", GlobalId.encode("Trace", 7)))
                .isEqualTo(OptionalLong.empty());
        assertThat(GlobalId.keyOf("Trace", GlobalId.encode("Trace", 7))).hasValue(7);
    }
}
