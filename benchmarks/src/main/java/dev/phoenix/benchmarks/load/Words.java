package dev.phoenix.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Text that compresses about like prose: words of a fixed vocabulary, frequent ones far more often.
 * The same in every run.
 */
final class Words {

    private static final int VOCABULARY = 4_000;

    private final Random random;
    private final List<String> words = new ArrayList<>();

    Words(long seed) {
        random = new Random(seed);
        for (int i = 0; i < VOCABULARY; i++) {
            words.add(word(2 + random.nextInt(9)));
        }
    }

    String text(int length) {
        var text = new StringBuilder(length + 16);
        while (text.length() < length) {
            double rank = random.nextDouble();
            text.append(words.get((int) (VOCABULARY * rank * rank * rank))).append(' ');
        }
        text.setLength(length);
        return text.toString();
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    private String word(int length) {
        var word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
