package dev.phoenix.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProseTest {

    private final Prose prose = new Prose(1);

    /** Technical English has 2.0, 2.7 and 3.2; repeated text would flatter what stores it. */
    @ParameterizedTest
    @CsvSource({"1000, 1.7, 2.0", "10000, 2.2, 2.5", "100000, 2.7, 3.0"})
    void compresses_a_little_less_than_english(int length, double least, double most) {
        double ratio =
                IntStream.range(0, 20)
                        .mapToDouble(i -> length / (double) deflated(prose.text(length)))
                        .average()
                        .orElseThrow();

        assertThat(ratio).isBetween(least, most);
    }

    @Test
    void hardly_a_sentence_repeats() {
        String[] sentences = prose.text(1_000_000).split("\\.\\s+");

        assertThat(sentences).hasSizeGreaterThan(9_000);
        assertThat(Stream.of(sentences).distinct().count() / (double) sentences.length)
                .isGreaterThan(0.999);
    }

    @Test
    void is_the_same_in_every_run() {
        assertThat(new Prose(7).text(500)).isEqualTo(new Prose(7).text(500)).hasSize(500);
    }

    private static int deflated(String text) {
        var deflater = new Deflater();
        deflater.setInput(text.getBytes(StandardCharsets.US_ASCII));
        deflater.finish();
        int bytes = deflater.deflate(new byte[2 * text.length()]);
        deflater.end();
        return bytes;
    }
}
