package dev.phoenix.server.ingest.decode;

import dev.phoenix.server.ingest.Evaluation;
import dev.phoenix.server.ingest.dialect.JsonValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The evaluations among the events of spans: {@code gen_ai.evaluation.result}, whether it was sent
 * with the span or as a log record. One that names no evaluator or says nothing is none.
 */
public final class EvaluationEvents {

    private static final String RESULT = "gen_ai.evaluation.result";
    private static final String PREFIX = "gen_ai.evaluation.";

    private EvaluationEvents() {}

    public static List<Evaluation> ofSpans(List<DecodedSpan> spans) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (DecodedSpan span : spans) {
            if (span.payload().events().contains(RESULT)) {
                for (JsonNode event : JsonValues.read(span.payload().events())) {
                    add(evaluations, span.spanId(), event);
                }
            }
        }
        return evaluations;
    }

    public static List<Evaluation> ofLogs(List<LogEvent> events) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (LogEvent event : events) {
            if (event.name().equals(RESULT)) {
                add(evaluations, event.spanId(), JsonValues.read(event.json()));
            }
        }
        return evaluations;
    }

    private static void add(List<Evaluation> evaluations, String spanId, JsonNode event) {
        JsonNode attributes = event.path("attributes");
        String name = text(attributes, "name");
        if (!event.path("name").asString("").equals(RESULT) || name == null) {
            return;
        }
        String label = text(attributes, "score.label");
        JsonNode value = attributes.path(PREFIX + "score.value");
        Double score = value.isNumber() ? (Double) value.doubleValue() : null;
        String explanation = text(attributes, "explanation");
        if (label == null && score == null && explanation == null) {
            return;
        }
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        attributes.forEachEntry(
                (attribute, other) -> {
                    if (!attribute.startsWith(PREFIX)) {
                        rest.set(attribute, other);
                    }
                });
        evaluations.add(
                new Evaluation(
                        spanId,
                        ShortText.name(name),
                        identifier(name, label, score, explanation, rest),
                        rest.has("gen_ai.request.model") || rest.has("gen_ai.response.model"),
                        label,
                        score,
                        explanation,
                        rest.toString()));
    }

    private static @Nullable String text(JsonNode attributes, String member) {
        JsonNode value = attributes.path(PREFIX + member);
        return value.isString() && !value.asString().isBlank() ? value.asString() : null;
    }

    /** Two evaluators of one name both count, in whichever order; a repeated event is the same. */
    private static String identifier(
            String name,
            @Nullable String label,
            @Nullable Double score,
            @Nullable String explanation,
            ObjectNode rest) {
        return "gen_ai.evaluation:%016x"
                .formatted(
                        Fingerprint.of(
                                Fingerprint.of(name),
                                Fingerprint.of(label),
                                Fingerprint.of(score == null ? null : score.toString()),
                                Fingerprint.of(explanation),
                                Fingerprint.of(rest.path("gen_ai.response.id").asString(""))));
    }
}
