package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link OtlpSpan} writes, as the document of the REST API shows it. */
final class OtlpSchema {

    private OtlpSchema() {}

    @Schema(name = "OtlpSpan")
    record SpanData(
            @Nullable List<KeyValue> attributes,
            @JsonProperty("dropped_attributes_count") @Nullable Integer droppedAttributesCount,
            @JsonProperty("dropped_events_count") @Nullable Integer droppedEventsCount,
            @JsonProperty("dropped_links_count") @Nullable Integer droppedLinksCount,
            @JsonProperty("end_time_unix_nano") @Nullable Long endTimeUnixNano,
            @Nullable List<Event> events,
            @Nullable Integer flags,
            @Nullable Kind kind,
            @Nullable String links,
            @Nullable String name,
            @JsonProperty("parent_span_id") @Nullable String parentSpanId,
            @JsonProperty("span_id") @Nullable String spanId,
            @JsonProperty("start_time_unix_nano") @Nullable Long startTimeUnixNano,
            @Nullable Status status,
            @JsonProperty("trace_id") @Nullable String traceId,
            @JsonProperty("trace_state") @Nullable String traceState) {}

    @Schema(name = "OtlpKeyValue")
    record KeyValue(@Nullable String key, @Nullable AnyValue value) {}

    @Schema(name = "OtlpAnyValue")
    record AnyValue(
            @JsonProperty("array_value") @Nullable ArrayValue arrayValue,
            @JsonProperty("bool_value") @Nullable Boolean boolValue,
            @JsonProperty("bytes_value") @Nullable String bytesValue,
            @Schema(anyOf = {Double.class, DoubleValue.class, String.class})
                    @JsonProperty("double_value")
                    @Nullable Object doubleValue,
            @JsonProperty("int_value") @Nullable Long intValue,
            @JsonProperty("kvlist_value") @Nullable String kvlistValue,
            @JsonProperty("string_value") @Nullable String stringValue) {}

    @Schema(name = "OtlpArrayValue")
    record ArrayValue(@Nullable List<AnyValue> values) {}

    @Schema(name = "OtlpEvent")
    record Event(
            @Nullable List<KeyValue> attributes,
            @JsonProperty("dropped_attributes_count") @Nullable Integer droppedAttributesCount,
            @Nullable String name,
            @JsonProperty("time_unix_nano") @Nullable Long timeUnixNano) {}

    @Schema(name = "OtlpStatus")
    record Status(@Nullable Integer code, @Nullable String message) {}

    /** The kinds of spans in OTLP. */
    @Schema(name = "OtlpKind", enumAsRef = true)
    enum Kind {
        SPAN_KIND_UNSPECIFIED,
        SPAN_KIND_INTERNAL,
        SPAN_KIND_SERVER,
        SPAN_KIND_CLIENT,
        SPAN_KIND_PRODUCER,
        SPAN_KIND_CONSUMER
    }

    /** Numbers that JSON has no notation for. */
    @Schema(name = "OtlpDoubleValue", enumAsRef = true)
    enum DoubleValue {
        INFINITY("Infinity"),
        NEGATIVE_INFINITY("-Infinity"),
        NAN("NaN");

        private final String text;

        DoubleValue(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }
}
