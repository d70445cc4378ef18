package dev.phoenix.server.ingest.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.decode.ShortText;

/** One of the spans of an entry: what names it, and no attribute, which might be a secret. */
record Sample(
        @JsonProperty("trace_id") String traceId,
        @JsonProperty("span_id") String spanId,
        String name,
        String message) {

    private static final int LONGEST_ID = 100;

    static Sample of(Rejection rejection) {
        return new Sample(
                ShortText.of(rejection.traceId(), LONGEST_ID),
                ShortText.of(rejection.spanId(), LONGEST_ID),
                rejection.name(),
                rejection.message());
    }
}
