package dev.phoenix.server.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.phoenix.server.filter.syntax.FilterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the languages take and what they refuse, and with which words. */
class FilterCorpusTest {

    static Stream<Arguments> accepted() {
        return corpus("accepted");
    }

    static Stream<Arguments> rejected() {
        return corpus("rejected");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void condition_isUnderstood(Source source, String condition) {
        assertThatCode(() -> Typing.type(source, condition)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void wrongCondition_saysWhereAndWhy(Source source, String line) {
        String[] parts = line.split("\t", -1);
        FilterException refusal = refusal(source, parts[0]);
        assertThat(refusal).hasMessageStartingWith("character ").hasMessageContaining(parts[1]);
        assertThat(refusal.range().start()).isBetween(0, parts[0].length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "latency_ms > '100' | character 1: latency_ms is a number and '100' is text, which"
                        + " cannot be compared with >: write 100 without quotes",
                "name == 'x' and lat >> 3 | character 21: expected the end or an operator, found"
                        + " >>",
                "name == 'x' and span_kind | character 17: span_kind is text, not a condition:"
                        + " compare it, as in span_kind == 'word'",
                "start_time > '2024-01-01T00:00:00' | character 14: '2024-01-01T00:00:00' must be a"
                        + " time with an offset, such as '2026-01-31T12:00:00Z' or"
                        + " '2026-01-31T12:00:00+02:00'"
            })
    void message_isWhatPeopleRead(String condition, String message) {
        assertThat(refusal(Source.SPAN, condition)).hasMessage(message);
    }

    @Test
    void longFragmentsAndMessages_areCut() {
        FilterException refusal = refusal(Source.TRACE, "a".repeat(5000) + " == 1");
        assertThat(refusal.getMessage())
                .hasSizeLessThanOrEqualTo(300)
                .contains("a".repeat(79) + "…");
    }

    @Test
    void nesting_isLimited() {
        for (String opening : new String[] {"(", "not ", "-", "[", "any(", "x[", "float("}) {
            String condition = opening.repeat(20_000);
            assertThat(refusal(Source.SPAN, condition).getMessage()).as(opening).isNotBlank();
        }
        assertThat(refusal(Source.SPAN, "(".repeat(201) + "name"))
                .hasMessageContaining("nest at most 200 levels");
        assertThat(refusal(Source.SPAN, "1+".repeat(30_000) + "1 > 0"))
                .hasMessageContaining("nest at most 200 levels");
        assertThatCode(() -> Typing.type(Source.SPAN, "not ".repeat(150) + "name == 'x'"))
                .doesNotThrowAnyException();
        assertThatCode(() -> Typing.type(Source.SPAN, "name == 'x'" + " or x == 1".repeat(400)))
                .doesNotThrowAnyException();
    }

    @Test
    void length_isLimited() {
        assertThat(refusal(Source.SPAN, "name == '" + "ä".repeat(40_000) + "'"))
                .hasMessageContaining("at most 65536 bytes");
        String most = String.join(",", IntStream.range(0, 5000).mapToObj(String::valueOf).toList());
        assertThatCode(() -> Typing.type(Source.SPAN, "latency_ms in [" + most + "]"))
                .doesNotThrowAnyException();
        assertThat(refusal(Source.SPAN, "latency_ms in [" + most + ",1]"))
                .hasMessageContaining("at most 5000 values");
        assertThat(refusal(Source.SPAN, "x == 1" + " or x == 1".repeat(3000)))
                .hasMessageContaining("asks for too much from here on");
        assertThat(refusal(Source.TRACE, "attributes['" + "a.".repeat(20_000) + "'] == 1"))
                .hasMessageContaining("at most 32 keys");
        assertThat(refusal(Source.SPAN, "'" + "a".repeat(4001) + "' in name"))
                .hasMessageContaining("at most 4000 characters");
        String annotations =
                String.join(
                        " or ",
                        IntStream.range(0, 26).mapToObj(i -> "annotations['" + i + "']").toList());
        assertThat(refusal(Source.SPAN, annotations))
                .hasMessageContaining("at most 25 annotations");
    }

    /** Whatever is sent, the answer is a condition or a refusal. */
    @Property(tries = 2000)
    void anyText_isAnswered(@ForAll @StringLength(max = 60) String text) {
        answered(text);
    }

    @Property(tries = 2000)
    void shuffledWords_areAnswered(@ForAll long seed) {
        String[] words = {
            "name",
            "latency_ms",
            "x",
            "(",
            ")",
            "[",
            "]",
            "'a'",
            "1",
            "==",
            "<",
            "in",
            "not",
            "and",
            "or",
            "is",
            "None",
            "True",
            ",",
            ".",
            "annotations",
            "['q']",
            "any(",
            "for",
            "d",
            "cost_details",
            "float(",
            "+",
            "-",
            "/",
            "parent_span",
            "start_time",
            "attributes",
            "if",
            "'2026-01-01T00:00:00Z'"
        };
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            text.append(words[random.nextInt(words.length)]).append(' ');
        }
        answered(text.toString());
    }

    private static void answered(String text) {
        for (Source source : new Source[] {Source.SPAN, Source.TRACE, Source.SESSION}) {
            try {
                Typing.type(source, text);
            } catch (FilterException refusal) {
                assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(300);
            }
        }
    }

    private static FilterException refusal(Source source, String condition) {
        return catchThrowableOfType(FilterException.class, () -> Typing.type(source, condition));
    }

    private static Stream<Arguments> corpus(String kind) {
        return Stream.of(Source.SPAN, Source.TRACE, Source.SESSION)
                .flatMap(source -> lines(source, kind).map(line -> Arguments.of(source, line)));
    }

    private static Stream<String> lines(Source source, String kind) {
        String file = "/filter/%s-%s.txt".formatted(source.name().toLowerCase(Locale.ROOT), kind);
        try (var stream = FilterCorpusTest.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
