package dev.phoenix.server.ingest.write;

/**
 * Where the tokens and the cost of a span do not count, because another span reports the same call.
 * Each includes those before it.
 */
enum Repetition {
    NONE(0),

    /** A span of another trace counts the call for the project. */
    IN_PROJECT(1),

    /** A span of another trace counts it for the session, too. */
    IN_SESSION(2),

    /** Another span of the trace counts it. */
    IN_TRACE(3),

    /** The span adds up what spans below it report. */
    OF_SPANS_BELOW(4),

    /** A later call of the same loop reports the total of all calls so far. */
    OF_RUNNING_TOTAL(5);

    private static final Repetition[] ALL = values();

    private final int stored;

    Repetition(int stored) {
        this.stored = stored;
    }

    static Repetition of(int stored) {
        return ALL[stored];
    }

    int stored() {
        return stored;
    }

    /** Whether the trace alone decides it, whoever else reports the call. */
    boolean isOfTree() {
        return this == OF_SPANS_BELOW || this == OF_RUNNING_TOTAL;
    }

    boolean countsInTrace() {
        return compareTo(IN_TRACE) < 0;
    }

    boolean countsInSession() {
        return compareTo(IN_SESSION) < 0;
    }

    boolean countsInProject() {
        return this == NONE;
    }
}
