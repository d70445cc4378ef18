package dev.phoenix.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.settings.Secret;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class SecretsTest {

    private static final String EARLIER = "an-earlier-secret-0123456789-abcdef";
    private static final String CURRENT = "a-current-secret-0123456789-abcdefg";
    private static final String KEY = "sk-reference-0123456789-0123456789-wxyz";

    /** {@link #KEY} as Python encrypted it, with the earlier secret and without any. */
    private static final String OF_THE_REFERENCE =
            "gAAAAABqGKUAAAECAwQFBgcICQoLDA0OD9DyAwYIDfl7iZbm3RY742XsHljUJBgVZ3O28WytSeYQc1RsgdOZD1m-f9nLWLlcgcMBrFuUIYpNmRGTdX_unJJwOCb8bc-nFdnFkXKZ1OBG";

    private static final String WITHOUT_A_SECRET =
            "gAAAAABqGKUAAAECAwQFBgcICQoLDA0OD3PkUO4PH-7-T_pVjQv2repllXpsNi8ygh1kHwQcCknPNWJdJ9CPFJB51eDADVLIrP8Af_UJk8bBGuNye1EzVzP6Hl8ytRu_aEzqiS4pn1Gg";

    /** The same, redacted with the current secret. */
    private static final String REDACTED_TOKEN =
            "gAAAAABqGKUAAAECAwQFBgcICQoLDA0OD77ATLRUL8h7GUdUVPmIjsz-yHs8X2gmQbDDhmJ3vLVCMU1PMpXXhMgMZ7VUM46yWpqPclOiL5T-CjLJXtfq6WXIBOVaw_kBw06LjRJ6yO8Q";

    private static final String REDACTED = "\uE000REDACTED\uE000wxyz\uE000" + REDACTED_TOKEN;

    private static final String QUERY =
            """
            {secrets {edges {node {key value {
                __typename ... on DecryptedSecret {value} ... on UnparsableSecret {parseError}}}}}}""";

    private static final String MUTATION =
            """
            mutation ($secrets: [SecretKeyValueInput!]!) {
              upsertOrDeleteSecrets(input: {secrets: $secrets}) {
                upsertedSecrets {id key value {... on DecryptedSecret {value}}} deletedIds}}""";

    private static final DerivedKey REDACTING =
            new DerivedKey(
                    Secret.of(CURRENT), "phoenix-redaction-2a7f1d9b4e6c8a0f2d3b5c7e9a1f4b6d");

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void secret_isStoredReplacedAndDeletedAndItsValueNeverTold(TestEngine engine) {
        try (TestServer server = start(engine, CURRENT, "")) {
            assertThat(
                            put(
                                    server,
                                    "{'key': ' A_KEY ', 'value': ' first '}, {'key': 'B', 'value': 'b'}"))
                    .isEqualTo("{'data':{'upserted_keys':['B','A_KEY'],'deleted_keys':[]}}");
            assertThat(
                            put(
                                    server,
                                    "{'key': 'A_KEY', 'value': 'second'}, {'key': 'B', 'value': null}, {'key': 'NONE', 'value': null}"))
                    .isEqualTo("{'data':{'upserted_keys':['A_KEY'],'deleted_keys':['NONE','B']}}");
            assertThat(
                            put(
                                    server,
                                    "{'key': 'C', 'value': null}, {'key': 'C', 'value': '1'}, {'key': 'C', 'value': '2'}"))
                    .isEqualTo("{'data':{'upserted_keys':['C'],'deleted_keys':[]}}");
            assertThat(values(server)).isEqualTo(Map.of("A_KEY", "second", "C", "2"));
            assertThat(stored(server)).noneMatch(row -> row.contains("second"));

            JsonNode log =
                    new Api(server).get("/v1/audit_events?action=secret.set&action=secret.delete");
            assertThat(
                            log.get("data")
                                    .valueStream()
                                    .map(
                                            entry ->
                                                    entry.at("/action").asString()
                                                            + " "
                                                            + entry.at("/target").asString()))
                    .containsExactly(
                            "secret.set C",
                            "secret.delete B",
                            "secret.set A_KEY",
                            "secret.set A_KEY",
                            "secret.set B");
            assertThat(log.toString())
                    .doesNotContain("second")
                    .contains("\"address\":\"127.0.0.1\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'secrets': []}",
                "{}",
                "{'secrets': {}}",
                "{'secrets': [1]}",
                "{'secrets': [{'key': 'A'}]}",
                "{'secrets': [{'value': 'A'}]}",
                "{'secrets': [{'key': 'A', 'value': 1}]}",
                "{'secrets': [{'key': 'A', 'value': '  '}]}",
                "{'secrets': [{'key': '1A', 'value': 'x'}]}",
                "{'secrets': [{'key': 'A-B', 'value': 'x'}]}",
                "{'secrets': [{'key': '', 'value': 'x'}]}",
                "{'secrets': [{'key': 'Ä', 'value': 'x'}]}",
                "{'secrets': ",
                "[]"
            })
    void invalidRequest_isRefusedAndChangesNothing(String body) {
        TestServer server = Shared.SERVER;
        assertThat(send(server, body.replace('\'', '"')).statusCode()).isEqualTo(422);
        assertThat(values(server)).isEmpty();
    }

    @Test
    void graphQl_showsRedactedValuesAndTakesThemBack() {
        try (TestServer server = start(TestEngine.SQLITE, CURRENT, "")) {
            Api api = new Api(server);
            JsonNode created =
                    upsert(api, List.of(entry("LONG", KEY), entry("SHORT", "sk-short-0123456789")));
            assertThat(created.at("/upsertedSecrets/0/key").asString()).isEqualTo("LONG");
            String shown = created.at("/upsertedSecrets/0/value/value").asString();
            assertThat(shown).startsWith("\uE000REDACTED\uE000wxyz\uE000gAAAAA");
            assertThat(created.at("/upsertedSecrets/1/value/value").asString())
                    .startsWith("\uE000REDACTED\uE000\uE000gAAAAA");
            assertThat(created.toString()).doesNotContain("0123456789");

            // Sent back, also under another name or as Python wrote it, it means the secret.
            upsert(api, List.of(entry("COPY", shown), entry("PYTHON", REDACTED)));
            assertThat(values(server))
                    .isEqualTo(
                            Map.of(
                                    "LONG",
                                    KEY,
                                    "SHORT",
                                    "sk-short-0123456789",
                                    "COPY",
                                    KEY,
                                    "PYTHON",
                                    KEY));
            String corrupt = shown.substring(0, shown.length() - 8) + "AAAAAAA=";
            assertThat(
                            api.execute(MUTATION, variables(List.of(entry("LONG", corrupt))))
                                    .at("/errors/0/message")
                                    .asString())
                    .contains("sent back as it was received");

            String id = created.at("/upsertedSecrets/1/id").asString();
            assertThat(
                            api.query("{node(id: \"%s\") {... on Secret {key}}}".formatted(id))
                                    .at("/node/key")
                                    .asString())
                    .isEqualTo("SHORT");
            JsonNode page =
                    api.query(
                            "{secrets(first: 2) {edges {node {key}} pageInfo {hasNextPage endCursor}}}");
            assertThat(page.at("/secrets/edges").toString())
                    .contains("COPY", "LONG")
                    .doesNotContain("SHORT");
            JsonNode next =
                    api.query(
                            "{secrets(first: 2, after: \"%s\") {edges {node {key}}}}"
                                    .formatted(page.at("/secrets/pageInfo/endCursor").asString()));
            assertThat(next.at("/secrets/edges").toString()).contains("PYTHON", "SHORT");
            assertThat(
                            api.query("{secrets(keys: [\"SHORT\"]) {edges {node {id}}}}")
                                    .at("/secrets/edges/0/node/id")
                                    .asString())
                    .isEqualTo(id);
            JsonNode deleted = upsert(api, List.of(entry("SHORT", null)));
            assertThat(deleted.at("/deletedIds/0").asString()).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void changedSecret_isReadWithTheEarlierOneAndWrittenWithTheCurrentOne(TestEngine engine) {
        try (TestServer first = start(engine, EARLIER, "")) {
            insert(first, 1, "REFERENCE", OF_THE_REFERENCE);
            insert(first, 2, "UNPROTECTED", WITHOUT_A_SECRET);
            String url = first.databaseUrl();
            try (TestServer second = start(engine, CURRENT, EARLIER, url)) {
                await(
                        () ->
                                Collections.disjoint(
                                        stored(second),
                                        List.of(OF_THE_REFERENCE, WITHOUT_A_SECRET)));
                assertThat(stored(second)).doesNotContain(OF_THE_REFERENCE, WITHOUT_A_SECRET);
            }
            // The earlier one is not needed any more.
            try (TestServer third = start(engine, CURRENT, "", url)) {
                assertThat(values(third)).isEqualTo(Map.of("REFERENCE", KEY, "UNPROTECTED", KEY));
            }
        }
    }

    @Test
    void lostSecret_isToldAndCanBeSetAgain() {
        try (TestServer first = start(TestEngine.SQLITE, EARLIER, "")) {
            put(first, "{'key': 'A', 'value': 'a'}");
            try (TestServer second = start(TestEngine.SQLITE, CURRENT, "", first.databaseUrl())) {
                JsonNode value = new Api(second).query(QUERY).at("/secrets/edges/0/node/value");
                assertThat(value.get("__typename").asString()).isEqualTo("UnparsableSecret");
                assertThat(value.get("parseError").asString()).contains("PHOENIX_PREVIOUS_SECRETS");
                put(second, "{'key': 'A', 'value': 'b'}");
                assertThat(values(second)).isEqualTo(Map.of("A", "b"));
            }
        }
    }

    @Test
    void withoutASecret_nothingIsStored() {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, Map.of())) {
            HttpResponse<String> response =
                    send(server, "{\"secrets\": [{\"key\": \"A\", \"value\": \"a\"}]}");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("PHOENIX_SECRET");
            assertThat(stored(server)).isEmpty();
        }
    }

    private static JsonNode upsert(Api api, List<Map<String, String>> secrets) {
        return api.query(MUTATION, variables(secrets)).get("upsertOrDeleteSecrets");
    }

    private static Map<String, ?> variables(List<Map<String, String>> secrets) {
        return Map.of("secrets", secrets);
    }

    private static Map<String, String> entry(String key, @Nullable String value) {
        Map<String, String> entry = new HashMap<>();
        entry.put("key", key);
        if (value != null) {
            entry.put("value", value);
        }
        return entry;
    }

    private static TestServer start(TestEngine engine, String secret, String earlier) {
        return TestServer.start(
                engine, Map.of("PHOENIX_SECRET", secret, "PHOENIX_PREVIOUS_SECRETS", earlier));
    }

    private static TestServer start(
            TestEngine engine, String secret, String earlier, String databaseUrl) {
        return TestServer.start(
                engine,
                Map.of(
                        "PHOENIX_SECRET", secret,
                        "PHOENIX_PREVIOUS_SECRETS", earlier,
                        "PHOENIX_SQL_DATABASE_URL", databaseUrl));
    }

    private static String put(TestServer server, String secrets) {
        HttpResponse<String> response =
                send(server, "{\"secrets\": [" + secrets.replace('\'', '"') + "]}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body().replace('"', '\'');
    }

    private static HttpResponse<String> send(TestServer server, String body) {
        return server.send(
                server.request("/v1/secrets")
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body)));
    }

    /** What the redacted values stand for. */
    private static Map<String, String> values(TestServer server) {
        Map<String, String> values = new HashMap<>();
        new Api(server)
                .query(QUERY)
                .at("/secrets/edges")
                .forEach(
                        edge -> {
                            String shown = edge.at("/node/value/value").asString();
                            String token = shown.substring(shown.lastIndexOf('\uE000') + 1);
                            values.put(
                                    edge.at("/node/key").asString(),
                                    REDACTING.key().decrypt(token).orElseThrow());
                        });
        return values;
    }

    private static List<String> stored(TestServer server) {
        try (Database database = Database.open(server.settings().storage())) {
            return Arrays.stream(database.read().fetch("SELECT value FROM secrets").intoArray(0))
                    .map(value -> new String((byte[]) value, StandardCharsets.US_ASCII))
                    .toList();
        }
    }

    private static void insert(TestServer server, long id, String key, String token) {
        try (Database database = Database.open(server.settings().storage())) {
            database.transaction(
                    transaction ->
                            transaction.execute(
                                    "INSERT INTO secrets (id, key, value, updated_at_ns) VALUES (?, ?, ?, 0)",
                                    id,
                                    key,
                                    token.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static final class Shared {

        private static final TestServer SERVER = start(TestEngine.SQLITE, CURRENT, "");
    }
}
