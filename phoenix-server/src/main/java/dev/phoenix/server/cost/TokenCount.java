package dev.phoenix.server.cost;

/**
 * Tokens of one type, each priced once.
 *
 * @param type {@code input}, {@code output}, {@code cache_read} or whatever the sender calls them
 * @param prompt whether they went into the model or came out of it
 */
public record TokenCount(String type, boolean prompt, long tokens) {

    /** What is left of a prompt when its other types are taken off. */
    public static final String INPUT = "input";

    /** What is left of a completion when its other types are taken off. */
    public static final String OUTPUT = "output";

    static String rest(boolean prompt) {
        return prompt ? INPUT : OUTPUT;
    }

    boolean isRest() {
        return type.equals(rest(prompt));
    }
}
