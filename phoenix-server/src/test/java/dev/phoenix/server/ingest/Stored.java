package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a project holds, read back through REST page by page. */
final class Stored {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Stored() {}

    static List<JsonNode> spans(TestServer server, String project) {
        return pages(server, project, "spans?limit=100");
    }

    static List<JsonNode> traces(TestServer server, String project) {
        return pages(server, project, "traces?limit=100&include_spans=true");
    }

    private static List<JsonNode> pages(TestServer server, String project, String list) {
        String path = "/v1/projects/" + encode(project) + "/" + list;
        List<JsonNode> items = new ArrayList<>();
        for (String page = path; page != null; ) {
            HttpResponse<String> answer = server.get(page);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode body = MAPPER.readTree(answer.body());
            body.get("data").forEach(items::add);
            JsonNode next = body.get("next_cursor");
            page = next.isNull() ? null : path + "&cursor=" + encode(next.asString());
        }
        return items;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
