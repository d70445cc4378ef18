package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Attributes that are stored compressed answer and are searched like all others. */
@ServerTest
class LargeDocumentsTest {

    private static final String NEEDLE = "Zürich \"quoted\" \\ 🚀";

    private final TestServer server;
    private final Api api;
    private final Telemetry sent;

    LargeDocumentsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.sent = Telemetry.of(server);
    }

    /** The first with the needle; each size once below and several times above the limit. */
    @BeforeEach
    void sendSpansOfAllSizes() {
        List<Integer> words = List.of(700, 10, 700, 7_000, 70_000);
        for (int i = 1; i <= words.size(); i++) {
            String text = prose(words.get(i - 1)) + (i == 1 ? NEEDLE : "");
            int number = i;
            sent.span(
                    1,
                    i,
                    0,
                    i,
                    span ->
                            span.name("span " + number)
                                    .attribute("input.value", text)
                                    .attribute("deep.number", number)
                                    .attribute("deep.flag", number == 1));
        }
        sent.send();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "'zürich' in input.value | span 1",
                "'word' in input.value | span 1,span 2,span 3,span 4,span 5",
                "attributes['deep']['number'] == 4 | span 4",
                "attributes['deep']['number'] > 3 | span 4,span 5",
                "attributes['deep']['flag'] == True | span 1",
                "input.value == 'no such text' | ``"
            })
    void conditions_readThem(String condition, String names) {
        JsonNode found =
                api.query(
                        """
                        query ($name: String!, $condition: String) {
                          getProjectByName(name: $name) {
                            spans(first: 50, filterCondition: $condition) { edges { node { name } } }
                          }
                        }""",
                        Map.of("name", sent.project(), "condition", condition));
        assertThat(
                        StreamSupport.stream(
                                        found.at("/getProjectByName/spans/edges").spliterator(),
                                        false)
                                .map(edge -> edge.at("/node/name").asString())
                                .sorted()
                                .collect(Collectors.joining(",")))
                .isEqualTo(names);
    }

    @Test
    void attributeParameter_readsThem() {
        String path = "/v1/projects/%s/spans?attribute=%s";
        assertThat(api.get(path.formatted(sent.project(), "deep.number:5")).at("/data"))
                .singleElement()
                .satisfies(span -> assertThat(span.get("name").asString()).isEqualTo("span 5"));
    }

    @Test
    void values_areTheTextsThatWereSent() {
        JsonNode spans = api.get("/v1/projects/%s/spans?limit=50".formatted(sent.project()));
        assertThat(spans.get("data")).hasSize(5);
        for (JsonNode span : spans.get("data")) {
            String value = span.at("/attributes/input.value").asString();
            if (span.get("name").asString().equals("span 1")) {
                assertThat(value).endsWith(NEEDLE);
            }
            assertThat(value).startsWith("word");
        }
    }

    @Test
    void large_areStoredSmaller() {
        try (Database database = Database.open(server.settings().storage())) {
            boolean sqlite = database.engine() == Engine.SQLITE;
            var size =
                    field(
                            sqlite ? "octet_length({0})" : "pg_column_size({0})",
                            Long.class,
                            SPAN_PAYLOADS.ATTRIBUTES);
            List<Long> sizes =
                    database.read()
                            .select(size)
                            .from(SPAN_PAYLOADS)
                            .orderBy(size.desc())
                            .limit(1)
                            .fetch(size);
            assertThat(sizes.getFirst()).isLessThan(prose(70_000).length() * 3L / 4);
        }
    }

    private static String prose(int words) {
        var random = new Random(words);
        return random.ints(words, 0, 2_000)
                .mapToObj(word -> "word" + word + " ")
                .collect(Collectors.joining());
    }
}
