package dev.phoenix.benchmarks.load;

/** What became of one request. */
public enum Answer {
    /** Durable, all of it. */
    ACKNOWLEDGED,
    /** The server said it is overloaded. */
    REFUSED,
    /** Anything else: a broken connection, an error status, a partial success. */
    FAILED
}
