package dev.phoenix.server.annotation;

import static dev.phoenix.server.annotation.Annotations.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServerTest
class AnnotationsRestTest {

    private static final long MS = 1_000_000;

    private final TestServer server;
    private final Annotations annotations;

    AnnotationsRestTest(TestServer server) {
        this.server = server;
        this.annotations = new Annotations(server);
    }

    @Test
    void annotation_isShownAsItWasSent() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        JsonNode stored =
                annotations.store(
                        "span",
                        span(
                                sent.spanId(1),
                                "quality ☕",
                                "'result': {'label': 'good', 'score': 0, 'explanation':"
                                        + " 'because'},'metadata': {'model': {'name': 'm'}},"
                                        + " 'identifier': 'run-7'"));
        JsonNode item =
                annotations
                        .list(sent.project(), "span", "span_ids=" + sent.spanId(1))
                        .get("data")
                        .get(0);
        assertThat(item.get("created_at").asString()).matches("\\d{4}-.*\\+00:00");
        assertThat(item)
                .isEqualTo(
                        Api.json(
                                """
                                {'id': '%s', 'created_at': '%s', 'updated_at': '%s', 'source': 'API', 'user_id': null,
                                 'name': 'quality ☕', 'annotator_kind': 'LLM',
                                 'result': {'label': 'good', 'score': 0.0, 'explanation': 'because'},
                                 'metadata': {'model': {'name': 'm'}}, 'identifier': 'run-7', 'span_id': '%s'}
                                """
                                        .formatted(
                                                stored.get("id").asString(),
                                                item.get("created_at").asString(),
                                                item.get("created_at").asString(),
                                                sent.spanId(1))));
    }

    @Test
    void tracesAndSessions_areAnnotatedByTheirIds() {
        Telemetry sent = Telemetry.of(server);
        String session = sent.project() + "-☕";
        sent.span(1, 1, 0, MS, span -> span.attribute("session.id", session)).send();
        annotations.store(
                "trace",
                "{'trace_id': '%s', 'name': 'a', 'annotator_kind': 'CODE', 'result': {'label': 't'}}"
                        .formatted(sent.traceId(1)));
        annotations.accept(
                "session",
                "{'session_id': '%s', 'name': 'b', 'annotator_kind': 'HUMAN', 'result': {'label': 's'}}"
                        .formatted(session));
        assertThat(annotations.labels(sent.project(), "trace", sent.traceId(1)))
                .isEqualTo(Map.of("a", "t"));
        assertThat(annotations.labels(sent.project(), "session", session))
                .isEqualTo(Map.of("b", "s"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void secondWrite_replacesTheFirstUnderItsId(boolean sync) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        String first =
                annotations
                        .store(
                                "span",
                                span(sent.spanId(1), "q", "'result': {'label': 'old', 'score': 1}"))
                        .get("id")
                        .asString();
        annotations.send(
                "span",
                sync,
                span(sent.spanId(1), "q", "'result': {'label': 'new'}, 'metadata': null"));
        annotations.send("span", sync, span(sent.spanId(1), "q", "'identifier': 'other'"));
        JsonNode data =
                annotations.list(sent.project(), "span", "span_ids=" + sent.spanId(1)).get("data");
        assertThat(data).hasSize(2);
        JsonNode replaced = data.get(1);
        assertThat(replaced.get("id").asString()).isEqualTo(first);
        assertThat(replaced.get("result"))
                .isEqualTo(Api.json("{'label': 'new', 'score': null, 'explanation': null}"));
        assertThat(replaced.get("metadata")).isEmpty();
        assertThat(replaced.get("updated_at").asString())
                .isGreaterThan(replaced.get("created_at").asString());
    }

    @Test
    void repetitionsInOneRequest_getOneId() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).span(1, 2, 0, MS).send();
        JsonNode ids =
                Api.json(
                                annotations
                                        .send(
                                                "span",
                                                true,
                                                span(
                                                                sent.spanId(2),
                                                                "q",
                                                                "'result': {'label': '1'}")
                                                        + ","
                                                        + span(sent.spanId(1), "q", "")
                                                        + ","
                                                        + span(
                                                                sent.spanId(2),
                                                                "q",
                                                                "'result': {'label': '2'}"))
                                        .body())
                        .get("data");
        assertThat(ids.get(0)).isEqualTo(ids.get(2)).isNotEqualTo(ids.get(1));
        assertThat(annotations.labels(sent.project(), "span", sent.spanId(2)))
                .isEqualTo(Map.of("q", "2"));
    }

    @Test
    void unknownTarget_isNamedAndNothingIsStored() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        var response =
                annotations.send(
                        "span",
                        true,
                        span(sent.spanId(1), "q", "")
                                + ","
                                + span("beef", "q", "")
                                + ","
                                + span("cafe", "q", ""));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("no span has the id beef, cafe");
        assertThat(annotations.send("span", true, span("", "q", "")).statusCode()).isEqualTo(404);
        assertThat(annotations.labels(sent.project(), "span", sent.spanId(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"span", "trace", "session", "document"})
    void nothing_isAnsweredWithNothing(String kind) {
        assertThat(annotations.send(kind, true, "").body()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void nameOfNotes_isReserved() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        var response =
                annotations.send(
                        "span",
                        false,
                        span(sent.spanId(1), "a", "") + "," + span(sent.spanId(1), "note", ""));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(annotations.labels(sent.project(), "span", sent.spanId(1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "{'data': [{'name': 'q'}]}, missing, data 0 annotator_kind",
                "{}, missing, data",
                "{'data': [null]}, missing, data 0",
                "{'data': 1}, list_type, data",
                "{'data': [1]}, model_attributes_type, data 0",
                "\"{'data': [{'name': 5, 'annotator_kind': 'LLM', 'span_id': 's'}]}\", string_type,"
                        + " data 0 name",
                "\"{'data': [{'name': 'q', 'annotator_kind': 'ROBOT', 'span_id': 's'}]}\","
                        + " literal_error, data 0 annotator_kind",
                "\"{'data': [{'name': 'q', 'annotator_kind': 'LLM', 'span_id': 's', 'metadata':"
                        + " []}]}\", dict_type, data 0 metadata",
                "\"{'data': [{'name': 'q', 'annotator_kind': 'LLM', 'span_id': 's', 'result':"
                        + " {'score': 'x'}}]}\", float_type, data 0 result score",
                "{'data', json_invalid, \"\""
            })
    void malformedBody_isRefusedWithItsPlace(String body, String type, String place) {
        var response =
                server.post("/v1/span_annotations", "application/json", body.replace('\'', '"'));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        List<String> places = new ArrayList<>();
        for (JsonNode error : JsonMapper.shared().readTree(response.body()).get("detail")) {
            List<String> steps = new ArrayList<>();
            error.get("loc").forEach(step -> steps.add(step.asString()));
            places.add(error.get("type").asString() + " " + String.join(" ", steps));
        }
        assertThat(places).contains((type + " body " + place).strip());
    }

    @Test
    void formData_isNoJson() {
        var response = server.post("/v1/span_annotations", "text/plain", "{\"data\": []}");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("model_attributes_type");
    }

    @Test
    void hostileText_isStoredAsTheSameOnBothEngines() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        annotations.store(
                "span",
                span(
                        sent.spanId(1),
                        "q\\u0000",
                        "'result': {'label': '\\ud800x'}, 'metadata': {'a': '\\u0000\\ud800'}"));
        JsonNode item =
                annotations
                        .list(sent.project(), "span", "span_ids=" + sent.spanId(1))
                        .get("data")
                        .get(0);
        assertThat(item.get("name").asString()).isEqualTo("q\uFFFD");
        assertThat(item.at("/result/label").asString()).isEqualTo("\uFFFDx");
        assertThat(item.at("/metadata/a").asString()).endsWith("\uFFFD");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"result\": {\"score\": \"NaN\"}', score must be a finite number",
        "'\"identifier\": \"%long\"', at most 2000 bytes together"
    })
    void valueThatCannotBeStored_isRefused(String rest, String message) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        var response =
                annotations.send(
                        "span",
                        true,
                        span(sent.spanId(1), "q", rest.replace("%long", "x".repeat(2000))));
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains(message);
    }

    @Test
    void list_isFilteredAndPaged() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).span(1, 2, 0, MS).send();
        Telemetry other = Telemetry.of(server).span(1, 1, 0, MS).send();
        String a = sent.spanId(1);
        String b = sent.spanId(2);
        String run = sent.project();
        annotations.store("span", span(a, "1", ""));
        annotations.store("span", span(a, "2", "'identifier': '%s'".formatted(run)));
        annotations.store("span", span(b, "3", "'identifier': '%s'".formatted(run)));
        annotations.store("span", span(b, "4", ""));
        annotations.store("span", span(other.spanId(1), "5", "'identifier': '%s'".formatted(run)));
        Map<String, String> expected = new TreeMap<>();
        expected.put("span_ids=" + a, "2 1");
        expected.put("span_ids=%s&span_ids=%s".formatted(a, b), "4 3 2 1");
        expected.put(
                "span_ids=%s&span_ids=unknown&span_ids=%s".formatted(a, other.spanId(1)), "2 1");
        expected.put("identifier=" + run, "3 2");
        expected.put("identifier=%s&identifier=x&span_ids=%s".formatted(run, a), "2");
        expected.put("identifier=%s&span_ids=unknown".formatted(run), "");
        expected.put(
                "span_ids=%s&include_annotation_names=1&include_annotation_names=4".formatted(a),
                "1");
        expected.put("span_ids=%s&exclude_annotation_names=2".formatted(a), "1");
        expected.forEach(
                (query, names) -> {
                    for (int limit = 1; limit <= 4; limit++) {
                        assertThat(pages(sent, query + "&limit=" + limit))
                                .as(query)
                                .isEqualTo(names);
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'', 422",
        "span_ids=unknown, 404",
        "identifier=, 422",
        "identifier=x&limit=0, 422",
        "identifier=x&limit=10001, 422",
        "identifier=x&cursor=garbage, 422",
        "identifier=x&limit=10000, 200"
    })
    void listRequest_isChecked(String query, int status) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        assertThat(
                        server.get(
                                        "/v1/projects/%s/span_annotations?%s"
                                                .formatted(sent.project(), query))
                                .statusCode())
                .isEqualTo(status);
    }

    @Test
    void listRequest_isCheckedBeforeItsProject() {
        String many =
                String.join(
                        "&", IntStream.range(0, 1001).mapToObj(i -> "identifier=" + i).toList());
        assertThat(server.get("/v1/projects/nobody/span_annotations?" + many).statusCode())
                .isEqualTo(422);
        assertThat(server.get("/v1/projects/nobody/span_annotations?identifier=x").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "delete_all=true, 204, ''",
        "delete_all=true&name=a, 204, b",
        "delete_all=true&identifier=i, 204, a",
        "delete_all=true&annotator_kind=HUMAN, 204, a b",
        "start_time=2020-01-01&end_time=2020-01-02, 204, a b",
        "start_time=2020-01-01&end_time=2120-01-02, 204, ''",
        "'', 422, a b",
        "start_time=2020-01-01, 422, a b",
        "delete_all=true&start_time=2120-01-01, 204, a b",
        "start_time=2020-01-02&end_time=2020-01-02, 422, a b",
        "delete_all=true&name=, 422, a b",
        "delete_all=true&annotator_kind=llm, 422, a b"
    })
    void deletion_needsAWindowOrAWord(String query, int status, String left) {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        annotations.store("span", span(sent.spanId(1), "a", ""));
        annotations.store("span", span(sent.spanId(1), "b", "'identifier': 'i'"));
        assertThat(delete(sent.project(), query).statusCode()).isEqualTo(status);
        assertThat(
                        String.join(
                                " ",
                                annotations
                                        .labels(sent.project(), "span", sent.spanId(1))
                                        .keySet()))
                .isEqualTo(left);
    }

    @Test
    void deletion_staysInItsProject() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        annotations.store("span", span(sent.spanId(1), "a", ""));
        Telemetry other = Telemetry.of(server).span(1, 1, 0, MS).send();
        assertThat(delete(other.project(), "delete_all=true").statusCode()).isEqualTo(204);
        assertThat(delete("nobody", "delete_all=true").statusCode()).isEqualTo(404);
        assertThat(annotations.labels(sent.project(), "span", sent.spanId(1))).hasSize(1);
    }

    @Test
    void notes_areAppendedOrReplacedByIdentifier() {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
        for (String rest :
                new String[] {"", "", ", 'identifier': 'mine'", ", 'identifier': 'mine'"}) {
            assertThat(note(" %s ".formatted(sent.spanId(1)), " looks odd ", rest).statusCode())
                    .isEqualTo(200);
        }
        JsonNode notes =
                annotations.list(sent.project(), "span", "span_ids=" + sent.spanId(1)).get("data");
        assertThat(notes).hasSize(3);
        assertThat(notes.get(0).get("identifier").asString()).isEqualTo("mine");
        assertThat(notes.get(1).get("identifier").asString()).startsWith("px-span-note:");
        assertThat(notes.get(1).get("name").asString()).isEqualTo("note");
        assertThat(notes.get(1).get("annotator_kind").asString()).isEqualTo("HUMAN");
        assertThat(notes.get(1).at("/result/explanation").asString()).isEqualTo("looks odd");
        assertThat(note(sent.spanId(1), " ", "").statusCode()).isEqualTo(422);
        assertThat(note("unknown", "x", "").statusCode()).isEqualTo(404);
    }

    @Test
    void documents_areAnnotatedByPosition() {
        Telemetry sent = Telemetry.of(server);
        sent.span(
                        1,
                        1,
                        0,
                        MS,
                        span ->
                                span.kind("RETRIEVER")
                                        .attribute("retrieval.documents.0.document.content", "a")
                                        .attribute("retrieval.documents.1.document.content", "b"))
                .send();
        assertThat(document(sent, true, 1, "").statusCode()).isEqualTo(200);
        assertThat(document(sent, true, 1, " ").statusCode()).isEqualTo(200);
        assertThat(document(sent, true, 2, "").statusCode()).isEqualTo(422);
        assertThat(document(sent, true, -1, "").statusCode()).isEqualTo(422);
        assertThat(document(sent, true, 0, "x").statusCode()).isEqualTo(422);
        assertThat(document(sent, false, 2, "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999", "0.5", "1e999999999", "true", "[0]", "\"x\""})
    void positionThatIsNoInteger_isNamed(String position) {
        HttpResponse<String> answer = storeAt(position);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"int_type\"").doesNotContain("json_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "-0.0", "0e3", "\"0\""})
    void positionWithoutFraction_isTheInteger(String position) {
        assertThat(storeAt(position).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> storeAt(String position) {
        Telemetry sent =
                Telemetry.of(server)
                        .span(
                                1,
                                1,
                                0,
                                MS,
                                span ->
                                        span.attribute(
                                                "retrieval.documents.0.document.content", "text"))
                        .send();
        return annotations.send(
                "document",
                true,
                span(sent.spanId(1), "relevance", "'document_position': " + position));
    }

    private HttpResponse<String> document(
            Telemetry sent, boolean sync, int position, String identifier) {
        return annotations.send(
                "document",
                sync,
                span(
                        sent.spanId(1),
                        "relevance",
                        "'document_position': %d, 'identifier': '%s'"
                                .formatted(position, identifier)));
    }

    private HttpResponse<String> note(String spanId, String note, String rest) {
        return server.post(
                "/v1/span_notes",
                "application/json",
                "{'data': {'span_id': '%s', 'note': '%s'%s}}"
                        .formatted(spanId, note, rest)
                        .replace('\'', '"'));
    }

    private HttpResponse<String> delete(String project, String query) {
        HttpRequest.Builder request =
                server.request("/v1/projects/%s/span_annotations?%s".formatted(project, query));
        return server.send(request.DELETE());
    }

    private String pages(Telemetry sent, String query) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = annotations.list(sent.project(), "span", query + "&cursor=" + cursor);
            page.get("data").forEach(item -> names.add(item.get("name").asString()));
            cursor =
                    page.get("next_cursor").isNull()
                            ? ""
                            : Api.encode(page.get("next_cursor").asString());
        } while (!cursor.isEmpty());
        return String.join(" ", names);
    }
}
