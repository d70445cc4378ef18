package dev.phoenix.server.ingest.decode;

/**
 * A log record that says something about a span, ready to be stored. Ids are lower-case hex.
 *
 * @param timeNs when it happened, or when it was observed where the sender did not say
 * @param id 16 hexadecimal digits, the same for two records that say the same of a span
 * @param json the event as the events of a span are stored, and where it comes from
 */
public record LogEvent(
        String projectName,
        String traceId,
        String spanId,
        String name,
        long timeNs,
        String id,
        String json,
        Origin resource) {

    /** About what it takes to keep it. */
    public int bytes() {
        return json.length();
    }
}
