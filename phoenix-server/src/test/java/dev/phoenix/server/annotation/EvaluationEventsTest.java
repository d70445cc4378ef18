package dev.phoenix.server.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.ingest.Spans;
import dev.phoenix.server.ingest.log.Logs;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What evaluators say in events of a span is what they say in annotations of it. */
@ServerTest
class EvaluationEventsTest {

    private static final String RESULT = "gen_ai.evaluation.result";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestServer server;
    private final String project;
    private final Logs logs;

    EvaluationEventsTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
        this.logs = new Logs(server, project);
    }

    @Test
    void event_of_a_span_becomes_an_annotation_once_however_often_it_is_sent() {
        Span.Builder span = span();
        span.addEventsBuilder().setName(RESULT).addAllAttributes(relevance(0.5, "good"));
        span.addEventsBuilder().setName(RESULT).addAllAttributes(relevance(0.25, "bad"));
        span.addEventsBuilder()
                .setName(RESULT)
                .addAttributes(Spans.text("gen_ai.evaluation.name", "says nothing"));

        send(span);
        send(span);

        assertThat(annotations(span))
                .containsExactlyInAnyOrder(
                        "relevance CODE good 0.5 because {\"gen_ai.response.id\":\"r1\"}",
                        "relevance CODE bad 0.25 because {\"gen_ai.response.id\":\"r1\"}");
    }

    @Test
    void event_of_a_span_sent_over_rest_becomes_the_same_annotation() {
        Span.Builder span = span();
        var answer =
                server.post(
                        "/v1/projects/" + project + "/spans",
                        "application/json",
                        """
                        {"data": [{"name": "call", "span_kind": "LLM", "status_code": "OK",
                          "context": {"trace_id": "%s", "span_id": "%s"},
                          "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:01Z",
                          "events": [{"name": "gen_ai.evaluation.result", "timestamp": "2026-01-01T00:00:01Z",
                            "attributes": {"gen_ai.evaluation.name": "relevance",
                              "gen_ai.evaluation.score.value": 0.5, "gen_ai.evaluation.score.label": "good",
                              "gen_ai.evaluation.explanation": "because", "gen_ai.response.id": "r1"}}]}]}"""
                                .formatted(
                                        Spans.hex(span.getTraceId()), Spans.hex(span.getSpanId())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);

        Await.await(
                SOON,
                List.of("relevance CODE good 0.5 because {\"gen_ai.response.id\":\"r1\"}"),
                () -> annotations(span));
    }

    @Test
    void log_record_becomes_the_same_annotation_before_and_after_its_span() {
        Span.Builder late = span();
        LogRecord early = record(late, relevance(0.5, "good"));
        logs.send(Logs.request(List.of(early)));
        send(late);
        logs.send(Logs.request(List.of(early)));

        Span.Builder first = span();
        send(first);
        logs.send(Logs.request(List.of(record(first, relevance(0.5, "good")))));

        for (Span.Builder span : List.of(late, first)) {
            Await.await(
                    SOON,
                    List.of("relevance CODE good 0.5 because {\"gen_ai.response.id\":\"r1\"}"),
                    () -> annotations(span));
        }
    }

    @Test
    void wrong_types_cost_no_span_and_no_other_evaluation() {
        Span.Builder span = span();
        span.addEventsBuilder()
                .setName(RESULT)
                .addAttributes(Spans.number("gen_ai.evaluation.name", 7));
        span.addEventsBuilder()
                .setName(RESULT)
                .addAllAttributes(relevance(Double.NaN, "NaN is no score"));
        span.addEventsBuilder()
                .setName(RESULT)
                .addAttributes(Spans.text("gen_ai.evaluation.name", "note"))
                .addAttributes(Spans.text("gen_ai.evaluation.score.label", "reserved"));
        span.addEventsBuilder()
                .setName(RESULT)
                .addAttributes(Spans.text("gen_ai.evaluation.name", "é".repeat(3000)))
                .addAttributes(Spans.text("gen_ai.request.model", "judge"))
                .addAttributes(Spans.text("gen_ai.evaluation.score.label", "long"));

        send(span);

        assertThat(annotations(span))
                .contains(
                        "relevance CODE NaN is no score null because {\"gen_ai.response.id\":\"r1\"}")
                .noneMatch(annotation -> annotation.contains("reserved"));
    }

    private static Span.Builder span() {
        return Spans.span(Spans.id(16), "chat");
    }

    private static List<KeyValue> relevance(double score, String label) {
        return List.of(
                Spans.text("gen_ai.evaluation.name", "relevance"),
                KeyValue.newBuilder()
                        .setKey("gen_ai.evaluation.score.value")
                        .setValue(AnyValue.newBuilder().setDoubleValue(score))
                        .build(),
                Spans.text("gen_ai.evaluation.score.label", label),
                Spans.text("gen_ai.evaluation.explanation", "because"),
                Spans.text("gen_ai.response.id", "r1"));
    }

    private static LogRecord record(Span.Builder span, List<KeyValue> attributes) {
        ByteString traceId = span.getTraceId();
        return LogRecord.newBuilder()
                .setTraceId(traceId)
                .setSpanId(span.getSpanId())
                .setTimeUnixNano(span.getStartTimeUnixNano())
                .setEventName(RESULT)
                .addAllAttributes(attributes)
                .build();
    }

    private void send(Span.Builder span) {
        logs.sendSpans(Spans.request(project, span));
    }

    private List<String> annotations(Span.Builder span) {
        return new Api(server)
                .get(
                        "/v1/projects/%s/span_annotations?span_ids=%s"
                                .formatted(project, Spans.hex(span.getSpanId())))
                .get("data")
                .valueStream()
                .map(EvaluationEventsTest::shown)
                .toList();
    }

    private static String shown(JsonNode annotation) {
        JsonNode result = annotation.get("result");
        return "%s %s %s %s %s %s"
                .formatted(
                        annotation.get("name").asString(),
                        annotation.get("annotator_kind").asString(),
                        result.path("label").asString(null),
                        result.path("score").isNull() ? null : result.path("score").asDouble(),
                        result.path("explanation").asString(null),
                        annotation.get("metadata"));
    }
}
