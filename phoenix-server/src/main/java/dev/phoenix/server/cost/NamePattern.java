package dev.phoenix.server.cost;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which names of models are meant: a Python regular expression to be found anywhere in the name.
 * However it is written, looking for it ends soon.
 */
final class NamePattern {

    /** A name is read this often at most; no pattern that is not hostile comes near. */
    private static final int MOST_READS = 100_000;

    private static final Logger log = LoggerFactory.getLogger(NamePattern.class);

    private final String text;
    private final int specificity;
    private volatile @Nullable Pattern compiled;
    private volatile boolean useless;
    private volatile boolean warned;

    NamePattern(String text) {
        this.text = text;
        this.specificity = Specificity.of(text);
    }

    /**
     * @throws PatternSyntaxException if the pattern is none
     */
    static void check(String text) {
        PythonRegex.compile(text);
    }

    int specificity() {
        return specificity;
    }

    boolean isFoundIn(String name) {
        if (useless) {
            return false;
        }
        try {
            return compiled().matcher(new LimitedText(name)).find();
        } catch (PatternSyntaxException | TooManyReads | StackOverflowError e) {
            useless = e instanceof PatternSyntaxException;
            warnOnce(name, e);
            return false;
        }
    }

    private void warnOnce(String name, Throwable problem) {
        if (!warned) {
            warned = true;
            log.warn(
                    "The name pattern '{}' cannot be looked for in a name of {} characters: {}",
                    text,
                    name.length(),
                    problem.getClass().getSimpleName());
        }
    }

    /** Compiled when first needed: most models of the list are never called. */
    private Pattern compiled() {
        Pattern pattern = compiled;
        if (pattern == null) {
            pattern = PythonRegex.compile(text);
            compiled = pattern;
        }
        return pattern;
    }

    private static final class TooManyReads extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyReads() {
            super(null, null, false, false);
        }
    }

    /** Counts what the matcher reads, because nothing else can stop it. */
    private static final class LimitedText implements CharSequence {

        private final String text;
        private int reads;

        LimitedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > MOST_READS) {
                throw new TooManyReads();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
