package dev.phoenix.server.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Browser;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.kit.TestUser;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
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
