package dev.phoenix.benchmarks.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Made-up prose with the statistics compressors live on: 20,000 words by Zipf's law, the frequent
 * ones short, habitual pairs of words, sentences and paragraphs. Hardly a sentence repeats. The
 * same for a seed.
 */
final class Prose {

    private static final int VOCABULARY = 20_000;
    private static final double ZIPF_SHIFT = 1.5;
    private static final int HABITS = 3;
    private static final double HABITUAL = 0.7;

    private static final String[] ONSETS =
            "t,s,w,h,b,c,m,f,d,p,n,l,r,g,th,st,pr,tr,ch,pl,br,gr,cl,v,j,qu,y,k".split(",");
    private static final String[] VOWELS = "e,a,i,o,u,e,a,i,o,ea,ou,io,ie,ai,y".split(",");
    private static final String[] CODAS = ",,,n,r,s,d,l,m,nd,st,ng,ll,rt,p,x".split(",");

    private final Random random;
    private final List<String> words;
    private final int[][] followers = new int[VOCABULARY][HABITS];

    Prose(long seed) {
        random = new Random(seed);
        words = vocabulary();
        for (int[] habits : followers) {
            for (int i = 0; i < HABITS; i++) {
                habits[i] = byFrequency();
            }
        }
    }

    /** Exactly {@code length} ASCII characters. */
    String text(int length) {
        var text = new StringBuilder(length + 256);
        while (text.length() < length) {
            sentence(text);
        }
        text.setLength(length);
        return text.toString();
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    private void sentence(StringBuilder text) {
        int start = text.length();
        int length = 8 + random.nextInt(18);
        int word = byFrequency();
        for (int i = 1; i <= length; i++) {
            text.append(words.get(word)).append(i == length ? "." : pause());
            word = random.nextDouble() < HABITUAL ? habitual(word) : byFrequency();
        }
        text.setCharAt(start, Character.toUpperCase(text.charAt(start)));
        text.append(random.nextInt(6) == 0 ? "\n\n" : " ");
    }

    private String pause() {
        return random.nextInt(14) == 0 ? ", " : " ";
    }

    private int habitual(int word) {
        return followers[word][Math.min(random.nextInt(HABITS), random.nextInt(HABITS))];
    }

    /** The rank of a word, with a probability of about 1 / (rank + shift). */
    private int byFrequency() {
        double span = (VOCABULARY + ZIPF_SHIFT) / ZIPF_SHIFT;
        int rank = (int) (ZIPF_SHIFT * Math.pow(span, random.nextDouble()) - ZIPF_SHIFT);
        return Math.min(rank, VOCABULARY - 1);
    }

    private List<String> vocabulary() {
        Set<String> known = new HashSet<>();
        List<String> vocabulary = new ArrayList<>();
        while (vocabulary.size() < VOCABULARY) {
            String word = word(vocabulary.size());
            if (known.add(word)) {
                vocabulary.add(word);
            }
        }
        return vocabulary;
    }

    private String word(int rank) {
        int syllables =
                rank < 150 ? 1 : rank < 2_000 ? 1 + random.nextInt(2) : 2 + random.nextInt(3);
        var word = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            word.append(one(ONSETS)).append(one(VOWELS));
        }
        return word.append(one(CODAS)).toString();
    }

    /** Earlier ones more often, as the letters of a language are. */
    private String one(String[] parts) {
        return parts[Math.min(random.nextInt(parts.length), random.nextInt(parts.length))];
    }
}
