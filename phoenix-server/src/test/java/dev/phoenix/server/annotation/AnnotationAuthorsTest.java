package dev.phoenix.server.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServerTest(authentication = true)
class AnnotationAuthorsTest {

    private final TestServer server;
    private final String project;
    private final TestUser author;
    private final Browser browser;

    AnnotationAuthorsTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
        this.author = TestUser.create(server, "MEMBER");
        this.browser = author.logIn(server);
    }

    @Test
    void annotation_remembersWhoWroteIt() {
        String span = span();
        assertThat(annotate(browser, span, "slot", "good", true)).isEqualTo(200);
        JsonNode listed = listed(span).path(0);
        assertThat(listed.path("user_id").asString()).isEqualTo(author.id());
        JsonNode node =
                browser.graphQl(
                        "{node(id: \"%s\") {... on SpanAnnotation {user {username}}}}"
                                .formatted(listed.path("id").asString()),
                        Map.of());
        assertThat(node.at("/data/node/user/username").asString()).isEqualTo(author.username());
    }

    @Test
    void annotationOfAnother_isNotOverwritten() {
        String span = span();
        Browser other = Browser.as(server, "MEMBER");
        annotate(browser, span, "slot", "good", true);
        assertThat(annotate(other, span, "slot", "bad", true)).isEqualTo(403);
        assertThat(annotate(other, span, "slot", "bad", false)).isEqualTo(403);
        assertThat(listed(span).at("/0/result/label").asString()).isEqualTo("good");
        assertThat(annotate(other, span, "slot of their own", "bad", true)).isEqualTo(200);
        assertThat(annotate(browser, span, "slot", "better", true)).isEqualTo(200);
        assertThat(annotate(Browser.ofAdmin(server), span, "slot", "best", true)).isEqualTo(200);
        JsonNode changed = listed(span).path(1);
        assertThat(changed.at("/result/label").asString()).isEqualTo("best");
        assertThat(changed.path("user_id").asString()).isEqualTo(author.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"span", "trace", "document", "session"})
    void annotation_isChangedByItsAuthorAloneAndDeletedByAdminsToo(String of) {
        Browser other = Browser.as(server, "MEMBER");
        Browser admin = Browser.ofAdmin(server);
        Everything all = everything();
        String mine = create(browser, of, all);
        String theirs = create(other, of, all);
        for (Browser stranger : List.of(other, admin, Browser.as(server, "ADMIN"))) {
            assertThat(refusal(patch(stranger, of, mine)))
                    .contains("UNAUTHORIZED", "not associated with the current user");
        }
        assertThat(refusal(delete(other, of, mine)))
                .contains("UNAUTHORIZED", "not associated with the current user");
        assertThat(label(of, mine)).isEqualTo("first");
        if (!of.equals("session")) {
            // One that is somebody else's spoils them all.
            assertThat(refusal(patch(browser, of, mine, theirs))).contains("UNAUTHORIZED");
            assertThat(refusal(delete(browser, of, mine, theirs))).contains("UNAUTHORIZED");
            assertThat(label(of, mine)).isEqualTo("first");
        }
        assertThat(patch(browser, of, mine).has("errors")).isFalse();
        assertThat(label(of, mine)).isEqualTo("changed");
        assertThat(delete(browser, of, mine).has("errors")).isFalse();
        assertThat(label(of, theirs)).isEqualTo("first");
        assertThat(delete(admin, of, theirs).has("errors")).isFalse();
    }

    /** Something of each kind that can be annotated. */
    private record Everything(String span, String trace, String session) {}

    private Everything everything() {
        var all = new Everything(randomId(8), randomId(16), randomId(8));
        Map<String, Object> span =
                Map.of(
                        "name", "call",
                        "context", Map.of("trace_id", all.trace, "span_id", all.span),
                        "span_kind", "RETRIEVER",
                        "start_time", "2026-01-01T00:00:00+00:00",
                        "end_time", "2026-01-01T00:00:01+00:00",
                        "status_code", "OK",
                        "attributes",
                                Map.of(
                                        "session.id",
                                        all.session,
                                        "retrieval.documents.0.document.content",
                                        "text"));
        HttpResponse<String> response =
                browser.post("/v1/projects/" + project + "/spans", Map.of("data", List.of(span)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return all;
    }

    /** Returns its id. */
    private static String create(Browser by, String of, Everything all) {
        Map<String, Object> annotation = new HashMap<>();
        annotation.put("name", "by " + UUID.randomUUID());
        annotation.put("annotator_kind", "HUMAN");
        annotation.put("result", Map.of("label", "first"));
        switch (of) {
            case "span" -> annotation.put("span_id", all.span);
            case "trace" -> annotation.put("trace_id", all.trace);
            case "session" -> annotation.put("session_id", all.session);
            default -> {
                annotation.put("span_id", all.span);
                annotation.put("document_position", 0);
            }
        }
        HttpResponse<String> response =
                by.post(
                        "/v1/%s_annotations?sync=true".formatted(of),
                        Map.of("data", List.of(annotation)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body()).at("/data/0/id").asString();
    }

    private static JsonNode patch(Browser by, String of, String... ids) {
        if (of.equals("session")) {
            return by.graphQl(
                    "mutation {updateProjectSessionAnnotations(input: {id: \"%s\", name: \"n\","
                                    .formatted(ids[0])
                            + " annotatorKind: HUMAN, label: \"changed\", metadata: {}, source: APP})"
                            + " {__typename}}",
                    Map.of());
        }
        String input =
                Stream.of(ids)
                        .map("{annotationId: \"%s\", label: \"changed\"}"::formatted)
                        .collect(Collectors.joining(", "));
        return by.graphQl(
                "mutation {patch%sAnnotations(input: [%s]) {__typename}}"
                        .formatted(capitalized(of), input),
                Map.of());
    }

    private static JsonNode delete(Browser by, String of, String... ids) {
        String input = Stream.of(ids).map("\"%s\""::formatted).collect(Collectors.joining(", "));
        return by.graphQl(
                of.equals("session")
                        ? "mutation {deleteProjectSessionAnnotation(id: %s) {__typename}}"
                                .formatted(input)
                        : "mutation {delete%sAnnotations(input: {annotationIds: [%s]}) {__typename}}"
                                .formatted(capitalized(of), input),
                Map.of());
    }

    private String label(String of, String id) {
        String type = of.equals("session") ? "ProjectSession" : capitalized(of);
        return browser.graphQl(
                        "{node(id: \"%s\") {... on %sAnnotation {label}}}".formatted(id, type),
                        Map.of())
                .at("/data/node/label")
                .asString();
    }

    private static String refusal(JsonNode answer) {
        return answer.at("/errors/0/extensions/code").asString()
                + " "
                + answer.at("/errors/0/message").asString();
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    @Test
    void annotationThatWaitsForItsSpan_isItsAuthorsToo() {
        String span = randomId(8);
        Browser other = Browser.as(server, "MEMBER");
        assertThat(annotate(browser, span, "slot", "good", false)).isEqualTo(200);
        assertThat(annotate(other, span, "slot", "bad", false)).isEqualTo(403);
        createSpan(span);
        Await.await(Duration.ofSeconds(20), 1, () -> listed(span).size());
        assertThat(listed(span).at("/0/user_id").asString()).isEqualTo(author.id());
        assertThat(listed(span).at("/0/result/label").asString()).isEqualTo("good");
    }

    @Test
    void bulkDeletion_takesOwnAnnotationsOnly_exceptForAdmins() {
        String span = span();
        Browser other = Browser.as(server, "MEMBER");
        annotate(browser, span, "one", "x", true);
        annotate(other, span, "two", "x", true);
        String path = "/v1/projects/" + project + "/span_annotations?delete_all=true";
        assertThat(Browser.as(server, "VIEWER").delete(path).statusCode()).isEqualTo(403);
        assertThat(browser.delete(path.replace("?delete_all=true", "")).statusCode())
                .isEqualTo(422);
        assertThat(
                        browser.delete(
                                        path.replace(
                                                "delete_all=true",
                                                "start_time=2020-01-01T00:00:00Z"))
                                .statusCode())
                .isEqualTo(422);
        assertThat(browser.delete(path).statusCode()).isEqualTo(204);
        assertThat(listed(span).findValuesAsString("identifier")).containsExactly("two");
        assertThat(browser.delete(path).statusCode()).isEqualTo(204);
        assertThat(Browser.ofAdmin(server).delete(path).statusCode()).isEqualTo(204);
        assertThat(listed(span)).isEmpty();
    }

    @Test
    void annotationOfADeletedUser_stays() {
        String span = span();
        annotate(browser, span, "slot", "good", true);
        Browser admin = Browser.ofAdmin(server);
        assertThat(admin.delete("/v1/users/" + author.id()).statusCode()).isEqualTo(204);
        JsonNode listed = list(admin, span);
        assertThat(listed.at("/0/result/label").asString()).isEqualTo("good");
        assertThat(listed.at("/0/user_id").isNull()).isTrue();
    }

    private int annotate(Browser by, String span, String identifier, String label, boolean sync) {
        Map<String, Object> annotation =
                Map.of(
                        "span_id",
                        span,
                        "name",
                        "quality",
                        "annotator_kind",
                        "HUMAN",
                        "identifier",
                        identifier,
                        "result",
                        Map.of("label", label));
        return by.post("/v1/span_annotations?sync=" + sync, Map.of("data", List.of(annotation)))
                .statusCode();
    }

    private JsonNode listed(String span) {
        return list(browser, span);
    }

    private JsonNode list(Browser by, String span) {
        HttpResponse<String> response =
                by.get("/v1/projects/%s/span_annotations?span_ids=%s".formatted(project, span));
        return response.statusCode() == 200
                ? JsonMapper.shared().readTree(response.body()).path("data")
                : JsonMapper.shared().createArrayNode();
    }

    private String span() {
        String id = randomId(8);
        createSpan(id);
        return id;
    }

    private void createSpan(String id) {
        Map<String, Object> span =
                Map.of(
                        "name", "call",
                        "context", Map.of("trace_id", randomId(16), "span_id", id),
                        "span_kind", "LLM",
                        "start_time", "2026-01-01T00:00:00+00:00",
                        "end_time", "2026-01-01T00:00:01+00:00",
                        "status_code", "OK");
        HttpResponse<String> response =
                browser.post("/v1/projects/" + project + "/spans", Map.of("data", List.of(span)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    private static String randomId(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
