package dev.phoenix.server.ingest.decode;

/**
 * A span, or an event of one, that is not stored as it arrived.
 *
 * @param message the rule that it breaks, and the value where that is an id or a time
 * @param name the span's or event's, cut
 * @param resource who sent it
 */
public record Rejection(
        RejectionReason reason,
        String message,
        String projectName,
        String traceId,
        String spanId,
        String name,
        Origin resource) {

    private static final int LONGEST_NAME = 100;

    public Rejection {
        name = ShortText.of(name, LONGEST_NAME);
    }

    public static Rejection of(DecodedSpan span, RejectionReason reason, String message) {
        return new Rejection(
                reason,
                message,
                span.projectName(),
                span.traceId(),
                span.spanId(),
                span.name(),
                span.payload().resource());
    }

    public static Rejection of(LogEvent event, RejectionReason reason, String message) {
        return new Rejection(
                reason,
                message,
                event.projectName(),
                event.traceId(),
                event.spanId(),
                event.name(),
                event.resource());
    }

    /** For the sender. */
    public String sentence() {
        String what = reason.concernsLogEvent() ? "log event " : "span ";
        return what + Quoted.text(name) + ": " + message;
    }
}
