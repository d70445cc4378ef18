package dev.phoenix.server.ingest.stage;

import java.util.Locale;

/** What a request and a batch go through; a stage contains those that run within it. */
public enum Stage {
    REQUEST,
    /** Reading what was sent. */
    RECEIVE,
    /** Waiting until there is room to work on it. */
    TURN,
    /** Inflating and parsing. */
    PARSE,
    /** From the parsed message to spans ready to be stored. */
    DECODE,
    /** Waiting until the spans are durable. */
    COMMIT,
    /** Writing down what was not stored. */
    LEDGER,
    /** What one transaction stores, of all requests that waited. */
    BATCH,
    /** Projects, resources and keys that are new, and prices. */
    PREPARE,
    /** From begin to commit. */
    TRANSACTION,
    /** Finding out what is stored of the batch and its traces. */
    LOOK_UP,
    /** Rows of spans, their attributes and costs. */
    INSERT,
    /** Sums of ancestors, traces, sessions and time buckets. */
    SUM;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    String wireName() {
        return wireName;
    }
}
