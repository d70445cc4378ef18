package dev.phoenix.server.annotation;

import static dev.phoenix.server.annotation.Annotations.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class AnnotationGraphQlTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;
    private final Annotations annotations;

    AnnotationGraphQlTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.annotations = new Annotations(server);
    }

    @Test
    void annotationsOfEveryKind_areShownWithWhatTheyAreAbout() {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-s";
        sent.span(
                        1,
                        1,
                        0,
                        MS,
                        span ->
                                span.kind("RETRIEVER")
                                        .attribute("session.id", session)
                                        .attribute("retrieval.documents.0.document.content", "a"))
                .send();
        String id =
                annotations
                        .store(
                                "span",
                                span(
                                        sent.spanId(1),
                                        "q",
                                        "'result': {'label': 'x', 'score': 0.5, 'explanation': 'e'},"
                                                + "'metadata': {'m': [1]}, 'identifier': 'i'"))
                        .get("id")
                        .asString();
        annotations.store(
                "trace",
                "{'trace_id': '%s', 'name': 't', 'annotator_kind': 'CODE'}"
                        .formatted(sent.traceId(1)));
        annotations.store(
                "session",
                "{'session_id': '%s', 'name': 's', 'annotator_kind': 'HUMAN'}".formatted(session));
        annotations.store("document", span(sent.spanId(1), "d", "'document_position': 0"));
        assertThat(
                        api.query(
                                """
                                {getSpanByOtelId(spanId: "%s") {
                                  spanAnnotations {id name annotatorKind label score explanation metadata source
                                    identifier span {spanId}}
                                  documentEvaluations {name documentPosition span {spanId}}
                                  trace {traceAnnotations {name annotatorKind trace {traceId}}
                                    session {sessionAnnotations {name projectSession {sessionId}}}}}
                                 node(id: "%s") {__typename ... on Annotation {name}}}
                                """
                                        .formatted(sent.spanId(1), id)))
                .isEqualTo(
                        Api.json(
                                """
                                {'getSpanByOtelId': {
                                  'spanAnnotations': [{'id': '%1$s', 'name': 'q', 'annotatorKind': 'LLM', 'label': 'x',
                                    'score': 0.5, 'explanation': 'e', 'metadata': {'m': [1]}, 'source': 'API',
                                    'identifier': 'i', 'span': {'spanId': '%2$s'}}],
                                  'documentEvaluations': [{'name': 'd', 'documentPosition': 0, 'span': {'spanId': '%2$s'}}],
                                  'trace': {'traceAnnotations': [{'name': 't', 'annotatorKind': 'CODE', 'trace': {'traceId': '%3$s'}}],
                                    'session': {'sessionAnnotations': [{'name': 's', 'projectSession': {'sessionId': '%4$s'}}]}}},
                                 'node': {'__typename': 'SpanAnnotation', 'name': 'q'}}
                                """
                                        .formatted(id, sent.spanId(1), sent.traceId(1), session)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', c a note b",
        "'(sort: {col: createdAt, dir: asc})', b note a c",
        "'(sort: {col: name, dir: asc})', a b c note",
        "'(filter: {include: {names: [\"a\", \"b\"]}})', a b",
        "'(filter: {exclude: {names: [\"note\"]}})', c a b",
        "'(filter: {include: {names: [\"a\", \"b\"]}, exclude: {names: [\"b\"]}})', a",
        "'(filter: {include: {sources: [APP]}})', ''",
        "'(filter: {exclude: {sources: [APP]}})', c a note b"
    })
    void annotations_areFilteredAndSorted(String arguments, String names) {
        Telemetry sent = annotated();
        JsonNode found =
                api.query(
                        "{getSpanByOtelId(spanId: \"%s\") {spanAnnotations%s {name} spanNotes {explanation}}}"
                                .formatted(sent.spanId(1), arguments));
        List<String> listed = new ArrayList<>();
        found.at("/getSpanByOtelId/spanAnnotations")
                .forEach(item -> listed.add(item.get("name").asString()));
        assertThat(String.join(" ", listed)).isEqualTo(names);
        assertThat(found.at("/getSpanByOtelId/spanNotes"))
                .isEqualTo(Api.json("[{'explanation': 'hm'}]"));
    }

    @Test
    void annotationsOfAName_areSummedUp() {
        Telemetry sent = annotated();
        annotations.store(
                "span",
                span(
                        sent.spanId(1),
                        "a",
                        "'identifier': '2', 'result': {'label': 'no', 'score': 4}"));
        annotations.store("span", span(sent.spanId(1), "a", "'identifier': '3'"));
        assertThat(
                        api.query(
                                """
                                {getSpanByOtelId(spanId: "%s") {
                                  spanAnnotationSummaries(filter: {include: {names: ["a", "b"]}}) {
                                    name count labels labelFractions {label fraction} meanScore scoreCount labelCount}}}
                                """
                                        .formatted(sent.spanId(1))))
                .isEqualTo(
                        Api.json(
                                """
                                {'getSpanByOtelId': {'spanAnnotationSummaries': [
                                  {'name': 'a', 'count': 3, 'labels': ['no', 'yes'], 'labelFractions': [
                                    {'label': 'no', 'fraction': 0.5}, {'label': 'yes', 'fraction': 0.5}],
                                   'meanScore': 2.5, 'scoreCount': 2, 'labelCount': 2},
                                  {'name': 'b', 'count': 1, 'labels': [], 'labelFractions': [],
                                   'meanScore': null, 'scoreCount': 0, 'labelCount': 0}]}}
                                """));
    }

    /** One span with the annotations b, a note, a and c. */
    private Telemetry annotated() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        annotations.store("span", span(sent.spanId(1), "b", ""));
        server.post(
                "/v1/span_notes",
                "application/json",
                "{\"data\": {\"span_id\": \"%s\", \"note\": \"hm\"}}".formatted(sent.spanId(1)));
        annotations.store(
                "span", span(sent.spanId(1), "a", "'result': {'label': 'yes', 'score': 1}"));
        annotations.store("span", span(sent.spanId(1), "c", ""));
        return sent;
    }
}
