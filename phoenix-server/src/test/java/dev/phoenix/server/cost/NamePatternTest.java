package dev.phoenix.server.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            textBlock =
                    """
                    ^abc$ 13010
                    abc 3006
                    .* 1
                    [a-z]+ 362
                    \\d{3} 360
                    a\\$ 1956
                    (?i)^abc$ 13010
                    (?:abc)d 4016
                    (?=a)b 2012
                    (?P<v>ab)c 3020
                    ^ab|c 7710
                    [^a]\\W. 364
                    """)
    void specificity_isScoredByContent(String pattern, int score) {
        assertThat(Specificity.of(pattern)).isEqualTo(score);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            textBlock =
                    """
                    gpt my-gpt-4 true
                    GPT gpt-4 false
                    (?i)GPT gpt-4 true
                    (?i:G)pt gpt true
                    (?i:G)PT gpt false
                    (?P<family>gpt)-(?P<version_number>\\d)-(?P=version_number) gpt-4-4 true
                    (?P<family>gpt)-(?P<version_number>\\d)-(?P=version_number) gpt-4-5 false
                    ^gpt-4\\Z gpt-4 true
                    ^gpt-4\\Z gpt-4o false
                    a{,2}b aab true
                    ^a{,2}$ aaa false
                    x{y} x{y} true
                    []x]+ ] true
                    [[]a [a true
                    [a&&b] & true
                    '(?x)g\\ p (?#comment) t' 'g pt' true
                    (a)\\1 aa true
                    \\w+ ñandú true
                    (?a)^\\w+$ ñandú false
                    \\x67pt gpt true
                    \\u0067pt gpt true
                    g(?!x)p gp true
                    (?<=g)p gp true
                    a++b aab true
                    \\055 - true
                    """)
    void pattern_meansWhatItMeansInPython(String pattern, String name, boolean found) {
        assertThat(new NamePattern(pattern).isFoundIn(name)).isEqualTo(found);
    }

    @Test
    void dollar_allowsForOneLineEnd() {
        assertThat(new NamePattern("a$").isFoundIn("a\n")).isTrue();
        assertThat(new NamePattern("a$").isFoundIn("a\r")).isFalse();
        assertThat(new NamePattern("a.b").isFoundIn("a\rb")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "[a",
                "a)",
                "*a",
                "\\p{L}",
                "\\Qa\\E",
                "(?P<1>a)",
                "(?P=none)",
                "(?L)a",
                "a\\",
                "((a{100}){100}){100}",
                "(){999999999}",
                "(?:|){40}z",
                "(?:a*|b*){40}z"
            })
    void whatIsNoPattern_isRefused(String pattern) {
        assertThatThrownBy(() -> NamePattern.check(pattern))
                .isInstanceOf(PatternSyntaxException.class);
        assertThat(new NamePattern(pattern).isFoundIn("a")).isFalse();
    }

    @Test
    void manyWaysToMatchNothing_areRefusedHoweverTheyAreWritten() {
        for (String piece : new String[] {"(?:|)", "(?:a*|b*)", "(?:a?)?", "(?:a*)*"}) {
            assertThatThrownBy(() -> NamePattern.check(piece.repeat(40) + "z"))
                    .as(piece)
                    .isInstanceOf(PatternSyntaxException.class);
        }
    }

    @ParameterizedTest
    @Timeout(10)
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|a)*$",
                "(a|aa)+$",
                "(.*a){20}$",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "(?:a?){200}z",
                "(x+x+)+y",
                "(?=(a+))\\1*b",
                "((a*)*)*b"
            })
    void catastrophe_endsSoon(String pattern) {
        String name = "a".repeat(200) + "!" + "x".repeat(55);
        long started = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            new NamePattern(pattern).isFoundIn(name);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }
}
