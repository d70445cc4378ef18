package dev.phoenix.server.filter;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
final class Suggestion {

    private static final double SIMILAR = 0.75;
    private static final int LONGEST = 80;

    private Suggestion() {}

    /** The end of a message: empty, or a question. */
    static String didYouMean(String name, Collection<String> known) {
        return closest(name, known).map(found -> "; did you mean " + found + "?").orElse("");
    }

    static Optional<String> closest(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate -> similarity(name, candidate) > SIMILAR)
                .max(Comparator.comparingDouble(candidate -> similarity(name, candidate)));
    }

    /** Twice the letters that both have in the same order, as a part of all. */
    private static double similarity(String a, String b) {
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return 0;
        }
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] common = new int[right.length() + 1];
        for (int i = 0; i < left.length(); i++) {
            int diagonal = 0;
            for (int j = 1; j <= right.length(); j++) {
                int above = common[j];
                common[j] =
                        left.charAt(i) == right.charAt(j - 1)
                                ? diagonal + 1
                                : Math.max(above, common[j - 1]);
                diagonal = above;
            }
        }
        return 2.0 * common[right.length()] / (a.length() + b.length());
    }
}
