package dev.phoenix.server.cost;

/**
 * Tokens of one type, each priced once.
 *
 * @param type {@code input}, {@code output}, {@code cache_read} or whatever the sender calls them
 * @param prompt whether they went into the model or came out of it
 */
public record TokenCount(String type, boolean prompt, long tokens) {

    /**
     * The most tokens that one side of a call can have. What is beyond it or below 0 is no count
     * but a mistake of its sender. Both sides together fit into 32 bits, and the sums of billions
     * of calls into 64.
     */
    public static final long MOST = 1_000_000_000;

    /** What is left of a prompt when its other types are taken off. */
    public static final String INPUT = "input";

    /** What is left of a completion when its other types are taken off. */
    public static final String OUTPUT = "output";

    public static boolean isPlausible(double count) {
        return count >= 0 && count <= MOST;
    }

    static String rest(boolean prompt) {
        return prompt ? INPUT : OUTPUT;
    }

    boolean isRest() {
        return type.equals(rest(prompt));
    }
}
