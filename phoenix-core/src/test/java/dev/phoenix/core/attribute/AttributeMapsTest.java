package dev.phoenix.core.attribute;

import static dev.phoenix.core.attribute.AttributeMaps.flatten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeMapsTest {

    @ParameterizedTest
    @MethodSource("rows")
    void flatten_row(Map<String, Object> nested, Map<String, Object> expected) {
        assertThat(flatten(nested)).isEqualTo(expected);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                arguments(Map.of("a", Map.of("b", 1, "c", "x")), Map.of("a.b", 1, "a.c", "x")),
                arguments(
                        Map.of("a", List.of(Map.of("b", 1), Map.of("b", 2))),
                        Map.of("a.0.b", 1, "a.1.b", 2)),
                arguments(Map.of("a", List.of("lost", Map.of("b", 1), 7)), Map.of("a.1.b", 1)),
                arguments(Map.of("a", List.of(1, 2)), Map.of("a", List.of(1, 2))),
                arguments(Map.of("a", List.of()), Map.of("a", List.of())),
                arguments(
                        Map.of("a", List.of(List.of(Map.of("b", 1)))),
                        Map.of("a", List.of(List.of(Map.of("b", 1))))),
                arguments(Map.of("a", Map.of(), "b", 1), Map.of("b", 1)),
                arguments(Map.of("a", List.of(Map.of())), Map.of()),
                arguments(Collections.singletonMap("a", null), Map.of()),
                arguments(Map.of("a", Arrays.asList(null, Map.of("b", 1))), Map.of("a.1.b", 1)),
                arguments(Map.of("a.b", 1, "", 2), Map.of("a.b", 1, "", 2)));
    }

    @Test
    void flatten_mapThatContainsItself_ends() {
        Map<String, Object> self = new HashMap<>();
        self.put("a", self);

        assertThat(flatten(self)).hasSize(1);
    }
}
