package dev.phoenix.server.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ServerTest
class AnnotationMutationsTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Api api;

    AnnotationMutationsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void annotations_areMadeChangedAndDeleted() {
        Node node = node();
        JsonNode made =
                api.query(
                        """
                        mutation {createSpanAnnotations(input: [{spanId: "%s", name: "q", annotatorKind: HUMAN,
                            label: "good", score: 1, explanation: "why", metadata: {by: ["hand"]}, source: APP}]) {
                          spanAnnotations {id name annotatorKind label score explanation metadata source identifier
                            span {spanAnnotations {name}}}
                          query {projectCount}}}
                        """
                                .formatted(node.span));
        String id = made.at("/createSpanAnnotations/spanAnnotations/0/id").asString();
        assertThat(made.at("/createSpanAnnotations/spanAnnotations"))
                .isEqualTo(
                        Api.json(
                                """
                                [{'id': '%s', 'name': 'q', 'annotatorKind': 'HUMAN', 'label': 'good', 'score': 1.0,
                                  'explanation': 'why', 'metadata': {'by': ['hand']}, 'source': 'APP', 'identifier': '',
                                  'span': {'spanAnnotations': [{'name': 'q'}]}}]
                                """
                                        .formatted(id)));
        JsonNode changed =
                api.query(
                        """
                        mutation {patchSpanAnnotations(input: [{annotationId: "%s", label: null, score: 0.5, name: "r"}]) {
                          spanAnnotations {id name label score explanation metadata}}}
                        """
                                .formatted(id));
        assertThat(changed.at("/patchSpanAnnotations/spanAnnotations"))
                .isEqualTo(
                        Api.json(
                                """
                                [{'id': '%s', 'name': 'r', 'label': null, 'score': 0.5, 'explanation': 'why',
                                  'metadata': {'by': ['hand']}}]
                                """
                                        .formatted(id)));
        JsonNode deleted =
                api.query(
                        "mutation {deleteSpanAnnotations(input: {annotationIds: [\"%s\"]}) {spanAnnotations {id name}}}"
                                .formatted(id));
        assertThat(deleted.at("/deleteSpanAnnotations/spanAnnotations"))
                .isEqualTo(Api.json("[{'id': '%s', 'name': 'r'}]".formatted(id)));
        assertThat(
                        api.error(
                                        "mutation {deleteSpanAnnotations(input: {annotationIds: [\"%s\"]}) {spanAnnotations {id}}}"
                                                .formatted(id))
                                .at("/extensions/code")
                                .asString())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void everyKindOfTarget_isAnnotated() {
        Node node = node();
        JsonNode made =
                api.query(
                        """
                        mutation {
                          createTraceAnnotations(input: [{traceId: "%1$s", name: "t", annotatorKind: CODE, metadata: {}, source: API}]) {
                            traceAnnotations {name trace {traceId}}}
                          createDocumentAnnotations(input: [{spanId: "%2$s", documentPosition: 1, name: "d", annotatorKind: LLM,
                              score: 1, metadata: {}, source: API}]) {documentAnnotations {name documentPosition}}
                          createProjectSessionAnnotations(input: {projectSessionId: "%3$s", name: "s", annotatorKind: HUMAN,
                              metadata: {}, source: APP}) {projectSessionAnnotation {id name}}
                        }
                        """
                                .formatted(node.trace, node.span, node.session));
        String session =
                made.at("/createProjectSessionAnnotations/projectSessionAnnotation/id").asString();
        assertThat(made.at("/createTraceAnnotations/traceAnnotations/0/trace/traceId").asString())
                .isEqualTo(node.sent.traceId(1));
        assertThat(made.at("/createDocumentAnnotations/documentAnnotations"))
                .isEqualTo(Api.json("[{'name': 'd', 'documentPosition': 1}]"));
        assertThat(
                        api.query(
                                """
                                mutation {
                                  updateProjectSessionAnnotations(input: {id: "%1$s", name: "s2", annotatorKind: CODE,
                                      label: "l", metadata: {}, source: API}) {projectSessionAnnotation {name label}}
                                  deleteProjectSessionAnnotation(id: "%1$s") {projectSessionAnnotation {name}}
                                }
                                """
                                        .formatted(session)))
                .isEqualTo(
                        Api.json(
                                """
                                {'updateProjectSessionAnnotations': {'projectSessionAnnotation': {'name': 's2', 'label': 'l'}},
                                 'deleteProjectSessionAnnotation': {'projectSessionAnnotation': {'name': 's2'}}}
                                """));
    }

    @Test
    void notes_areMadeByEitherIdAndDeleted() {
        Node node = node();
        JsonNode made =
                api.query(
                        """
                        mutation {createSpanNotes(input: [
                            {span: {id: "%s"}, note: " one ", annotatorKind: HUMAN, source: APP},
                            {span: {otelId: "%s"}, note: "two", annotatorKind: HUMAN, source: APP, identifier: " i "}]) {
                          spanAnnotations {id name explanation identifier}}
                         createProjectSessionNotes(input: [{session: {sessionId: "%s"}, note: "n", annotatorKind: LLM, source: API}]) {
                          projectSessionAnnotations {explanation}}}
                        """
                                .formatted(node.span, node.sent.spanId(1), node.sent.project()));
        JsonNode notes = made.at("/createSpanNotes/spanAnnotations");
        assertThat(notes.at("/0/explanation").asString()).isEqualTo("one");
        assertThat(notes.at("/0/identifier").asString()).startsWith("px-span-note:");
        assertThat(notes.at("/1/identifier").asString()).isEqualTo("i");
        String id = notes.at("/0/id").asString();
        assertThat(
                        api.error(
                                        "mutation {deleteSpanAnnotations(input: {annotationIds: [\"%s\"]}) {spanAnnotations {id}}}"
                                                .formatted(id))
                                .get("message")
                                .asString())
                .contains("is a note");
        api.query(
                "mutation {deleteSpanNotes(input: {annotationIds: [\"%s\"]}) {spanAnnotations {id}}}"
                        .formatted(id));
    }

    @Test
    void allOfAName_areDeletedInAProject() {
        Node node = node();
        String create =
                "mutation {createSpanAnnotations(input: [{spanId: \"%s\", name: \"%s\","
                        + " annotatorKind: CODE, metadata: {}, source: API}]) {spanAnnotations {id}}}";
        api.query(create.formatted(node.span, "a"));
        api.query(create.formatted(node.span, "b"));
        String delete =
                "mutation {deleteProjectSpanAnnotations(input: {projectId: \"%s\", annotationName:"
                        + " \"a\", timeRange: {%s}, timeRangeField: SOURCE_START_TIME})"
                        + " {deletedAnnotationCount}}";
        assertThat(
                        api.query(delete.formatted(node.project, "end: \"2026-01-01T00:00:00Z\""))
                                .at("/deleteProjectSpanAnnotations/deletedAnnotationCount")
                                .asInt())
                .isZero();
        assertThat(
                        api.query(delete.formatted(node.project, ""))
                                .at("/deleteProjectSpanAnnotations/deletedAnnotationCount")
                                .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "createSpanAnnotations(input: [])|BAD_REQUEST|1..1000 annotations must be given",
                "createSpanAnnotations(input: [{spanId: \"U3Bhbjox\", name: \"note\","
                        + " annotatorKind: CODE, metadata: {}, source: API}])|BAD_REQUEST|the name note"
                        + " is reserved",
                "createSpanAnnotations(input: [{spanId: \"U3BhbjotMQ==\", name: \"a\","
                        + " annotatorKind: CODE, metadata: {}, source: API}])|NOT_FOUND|no span has the"
                        + " id",
                "createSpanAnnotations(input: [{spanId: \"nonsense\", name: \"a\", annotatorKind:"
                        + " CODE, metadata: {}, source: API}])|BAD_REQUEST|is no id of a Span",
                "createSpanAnnotations(input: [{spanId: \"U3Bhbjox\", name: \"a\", annotatorKind:"
                        + " CODE, metadata: [1], source: API}])|*|",
                "patchSpanAnnotations(input: [{annotationId: \"U3BhbkFubm90YXRpb246LTE=\", label:"
                        + " \"x\"}])|NOT_FOUND|no annotation has the id",
                "patchSpanAnnotations(input: [{annotationId: \"x\"}, {annotationId:"
                        + " \"x\"}])|BAD_REQUEST|is no id of a SpanAnnotation",
                "deleteSpanNotes(input: {annotationIds: [\"U3BhbkFubm90YXRpb246LTE=\","
                        + " \"U3BhbkFubm90YXRpb246LTE=\"]})|BAD_REQUEST|must be named once",
                "createSpanNotes(input: [{span: {otelId: \"none\"}, note: \"  \", annotatorKind:"
                        + " CODE, source: API}])|BAD_REQUEST|a note must not be blank",
                "createSpanNotes(input: [{span: {otelId: \"none\"}, note: \"n\", annotatorKind:"
                        + " CODE, source: API}])|NOT_FOUND|no span has the id none"
            })
    void badInput_isRefused(String mutation, String code, String message) {
        JsonNode error = api.error("mutation {%s {spanAnnotations {id}}}".formatted(mutation));
        if (!code.equals("*")) {
            assertThat(error.at("/extensions/code").asString())
                    .as(error.toString())
                    .isEqualTo(code);
            assertThat(error.get("message").asString()).contains(message);
        }
        assertThat(error.at("/extensions/code").asString()).isNotEqualTo("INTERNAL_SERVER_ERROR");
    }

    @Test
    void takenSlot_isAConflict() {
        Node node = node();
        String create =
                "mutation {createSpanAnnotations(input: [{spanId: \"%s\", name: \"%s\","
                        + " annotatorKind: CODE, metadata: {}, source: API}]) {spanAnnotations {id}}}";
        api.query(create.formatted(node.span, "a"));
        String id =
                api.query(create.formatted(node.span, "b"))
                        .at("/createSpanAnnotations/spanAnnotations/0/id")
                        .asString();
        JsonNode error =
                api.error(
                        "mutation {patchSpanAnnotations(input: [{annotationId: \"%s\", name: \"a\"}]) {spanAnnotations {id}}}"
                                .formatted(id));
        assertThat(error.at("/extensions/code").asString()).isEqualTo("CONFLICT");
    }

    private record Node(
            Telemetry sent, String project, String span, String trace, String session) {}

    private Node node() {
        Telemetry sent = Telemetry.of(server);
        sent.span(
                        1,
                        1,
                        0,
                        MS,
                        span ->
                                span.kind("RETRIEVER")
                                        .attribute("session.id", sent.project())
                                        .attribute("retrieval.documents.0.document.content", "a")
                                        .attribute("retrieval.documents.1.document.content", "b"))
                .send();
        JsonNode found =
                api.query(
                                "{getSpanByOtelId(spanId: \"%s\") {id project {id} trace {id projectSessionId}}}"
                                        .formatted(sent.spanId(1)))
                        .get("getSpanByOtelId");
        return new Node(
                sent,
                found.at("/project/id").asString(),
                found.get("id").asString(),
                found.at("/trace/id").asString(),
                found.at("/trace/projectSessionId").asString());
    }
}
