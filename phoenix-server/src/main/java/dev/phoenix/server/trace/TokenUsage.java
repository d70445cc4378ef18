package dev.phoenix.server.trace;

/** Tokens of several LLM calls. */
public record TokenUsage(double prompt, double completion) {

    public static final TokenUsage NONE = new TokenUsage(0, 0);

    public double total() {
        return prompt + completion;
    }
}
