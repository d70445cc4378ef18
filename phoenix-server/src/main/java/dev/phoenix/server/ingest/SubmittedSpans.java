package dev.phoenix.server.ingest;

import dev.phoenix.server.api.InvalidBody;
import dev.phoenix.server.api.ValidationError;
import dev.phoenix.server.ingest.decode.SubmittedSpan;
import dev.phoenix.server.ingest.decode.SubmittedSpan.SpanContext;
import dev.phoenix.server.ingest.decode.SubmittedSpan.SpanEvent;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of {@code POST /v1/projects/{project}/spans}. */
final class SubmittedSpans {

    /** Python's JSON writer sends {@code NaN}. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private SubmittedSpans() {}

    /**
     * @throws InvalidBody naming every field that is wrong
     */
    static List<SubmittedSpan> parse(byte[] body) {
        BodyField root = BodyField.of(tree(body));
        List<SubmittedSpan> spans = new ArrayList<>();
        for (BodyField span : root.required("data").elements()) {
            spans.add(span(span));
        }
        List<ValidationError> errors = root.errors();
        if (!errors.isEmpty()) {
            throw new InvalidBody(errors);
        }
        return spans;
    }

    private static JsonNode tree(byte[] body) {
        if (body.length == 0) {
            throw InvalidBody.notJson();
        }
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw InvalidBody.notJson();
        }
    }

    private static SubmittedSpan span(BodyField span) {
        BodyField context = span.required("context");
        return new SubmittedSpan(
                span.optional("id").text(),
                span.required("name").text(),
                new SpanContext(
                        context.required("trace_id").text(), context.required("span_id").text()),
                span.required("span_kind").text(),
                span.nullable("parent_id").textOrNull(),
                span.required("start_time").zonedTime(),
                span.required("end_time").zonedTime(),
                span.required("status_code").text(),
                span.optional("status_message").text(),
                span.optional("attributes").members(),
                span.optional("events").elements().stream().map(SubmittedSpans::event).toList());
    }

    private static SpanEvent event(BodyField event) {
        return new SpanEvent(
                event.required("name").text(),
                event.required("timestamp").zonedTime(),
                event.optional("attributes").members());
    }
}
