package dev.phoenix.server.filter.syntax;

/** A condition that cannot be understood: where, which rule, and the way out. */
public final class FilterException extends RuntimeException {

    private static final int LONGEST_FRAGMENT = 80;
    private static final int LONGEST = 300;

    private final String message;
    private final Range range;

    /**
     * @param rule what is wrong and how to mend it
     */
    public FilterException(Range range, String rule) {
        String place = "character " + (range.start() + 1) + ": ";
        this.message = cut(place + rule, LONGEST);
        this.range = range;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** What part of the text it is about. */
    public Range range() {
        return range;
    }

    /** A part of a condition as messages quote it. */
    public static String fragment(String text) {
        return cut(text.strip(), LONGEST_FRAGMENT);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }

    /** Messages are what matters: callers send wrong conditions all the time. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
