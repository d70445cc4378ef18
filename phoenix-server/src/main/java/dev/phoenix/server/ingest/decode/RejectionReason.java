package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.api.WireEnum;
import java.util.Locale;

/** Why a span, or an event of one, is not stored as it arrived. */
public enum RejectionReason implements WireEnum {
    INVALID_ID("trace, span or parent id is none"),
    INVALID_TIME("a time is out of range"),
    REFUSED_VALUE("the database refuses a value"),
    /** Nothing is lost that the sender was promised: the first span under the id stays. */
    CONFLICTING_CONTENT("another span is stored under the id"),
    INVALID_LOG_EVENT("the ids or the time of a log event are none"),
    TOO_MANY_LOG_EVENTS("a span has as many log events as are kept");

    private final String summary;

    RejectionReason(String summary) {
        this.summary = summary;
    }

    /** What may be logged: a sentence without any value of a span. */
    public String summary() {
        return summary;
    }

    /** Whether senders are told. A span whose id is known counts as delivered. */
    public boolean countsAsRejected() {
        return this != CONFLICTING_CONTENT;
    }

    /** Whether it is about an event that came as a log record, not about a span. */
    public boolean concernsLogEvent() {
        return this == INVALID_LOG_EVENT || this == TOO_MANY_LOG_EVENTS;
    }

    /** As APIs, metrics and the database write it. */
    @Override
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
