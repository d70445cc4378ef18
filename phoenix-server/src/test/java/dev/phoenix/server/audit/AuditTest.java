package dev.phoenix.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ServerTest
class AuditTest {

    private static final Instant THEN = Instant.parse("2026-03-04T05:06:07.000008Z");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TestServer server;
    private final Api api;
    private final String actor;

    AuditTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.actor = server.projectName();
    }

    @Test
    void entry_tellsWhoDidWhatToWhatFromWhereAndWhen() {
        record(event(7L, "thing.change", "thing 1", Map.of("from", "a", "to", "b")));
        record(event(null, "thing.delete", "thing 2", Map.of()));

        JsonNode entries = list("");

        assertThat(entries).hasSize(2);
        assertThat(without(entries.get(1), "id"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"time": "2026-03-04T05:06:07.000008+00:00",
                                 "actor": {"user_id": "VXNlcjo3", "name": "%s", "credential": "SESSION"},
                                 "action": "thing.change",
                                 "target": "thing 1",
                                 "details": {"from": "a", "to": "b"},
                                 "address": "192.0.2.1"}\
                                """
                                        .formatted(actor)));
        assertThat(entries.at("/0/actor/user_id").isNull()).isTrue();
    }

    @Test
    void list_isFilteredAndPaged() {
        for (int i = 1; i <= 3; i++) {
            record(event((long) i, "thing.create", "thing " + i, Map.of()));
        }
        record(event(1L, "thing.delete", "thing 1", Map.of()));

        assertThat(targets("&action=thing.delete")).containsExactly("thing 1");
        assertThat(targets("&action=thing.delete&action=thing.create")).hasSize(4);
        assertThat(targets("&target=thing%202")).containsExactly("thing 2");
        assertThat(targets("&user_id=VXNlcjoz")).containsExactly("thing 3");
        assertThat(targets("&address=192.0.2.1")).hasSize(4);
        assertThat(targets("&address=192.0.2.2")).isEmpty();
        assertThat(targets("&start_time=2026-03-04T05:06:07Z&end_time=2026-03-04T05:06:08Z"))
                .hasSize(4);
        assertThat(targets("&end_time=2026-03-04T05:06:07Z")).isEmpty();
        assertThat(server.get("/v1/audit_events?user_id=x").statusCode()).isEqualTo(422);
        assertThat(server.get("/v1/audit_events?cursor=x").statusCode()).isEqualTo(422);
        for (String impossible :
                List.of(
                        "action=nope",
                        "start_time=2026-03-04T05:06:08Z&end_time=2026-03-04T05:06:07Z")) {
            for (String path : List.of("/v1/audit_events?", "/v1/audit_events/export?")) {
                assertThat(server.get(path + impossible).statusCode())
                        .as(path + impossible)
                        .isEqualTo(422);
            }
        }

        List<String> paged = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonNode page = api.get(path("&limit=1&cursor=" + Api.encode(cursor)));
            page.get("data").forEach(entry -> paged.add(entry.get("target").asString()));
            cursor = page.get("next_cursor").isNull() ? null : page.get("next_cursor").asString();
        }
        assertThat(paged).containsExactly("thing 1", "thing 3", "thing 2", "thing 1");
    }

    @Test
    void export_hasEveryEntryOnALineOfItsOwn() {
        try (Database database = Database.open(server.settings().storage())) {
            AuditLog log = log(database);
            database.transaction(
                    transaction -> {
                        for (int i = 0; i < 1201; i++) {
                            log.record(
                                    transaction,
                                    event(null, "thing.create", "line\nbreak " + i, Map.of()));
                        }
                        return transaction;
                    });
        }

        HttpResponse<String> export = server.get("/v1/audit_events/export?actor=" + actor);

        assertThat(export.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(export.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"audit-log.jsonl\"");
        List<String> targets =
                export.body().lines().map(l -> JSON.readTree(l).get("target").asString()).toList();
        assertThat(targets).hasSize(1201).doesNotHaveDuplicates();
        assertThat(targets.getFirst()).isEqualTo("line\nbreak 1200");
    }

    @Test
    void whatIsUndone_isNotRecorded() {
        try (Database database = Database.open(server.settings().storage())) {
            AuditLog log = log(database);
            assertThatThrownBy(
                            () ->
                                    database.transaction(
                                            transaction -> {
                                                log.record(
                                                        transaction,
                                                        event(null, "thing.do", "it", Map.of()));
                                                throw new IllegalStateException("undone");
                                            }))
                    .hasMessage("undone");
        }
        assertThat(list("")).isEmpty();
    }

    @Test
    void rows_cannotBeChanged() {
        record(event(null, "thing.do", "it", Map.of()));
        try (Database database = Database.open(server.settings().storage())) {
            assertThatThrownBy(
                            () ->
                                    database.transaction(
                                            transaction ->
                                                    transaction.execute(
                                                            "UPDATE audit_log SET actor ="
                                                                    + " 'nobody'")))
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("rows of audit_log are never changed");
        }
        assertThat(list("")).hasSize(1);
    }

    @Test
    void oversizedAndUnstorableText_isCut() {
        record(event(null, "thing.do", "a\0" + "b".repeat(10_000), Map.of("k", "\0")));

        JsonNode entry = list("").get(0);

        assertThat(entry.get("target").asString()).startsWith("a\uFFFDbbb").hasSize(500);
        assertThat(entry.at("/details/k").asString()).isEqualTo("\uFFFD");
    }

    private AuditEvent event(
            @Nullable Long userId, String action, String target, Map<String, String> details) {
        return new AuditEvent(
                new Actor(userId, actor, "SESSION"), action, target, details, "192.0.2.1");
    }

    private void record(AuditEvent event) {
        try (Database database = Database.open(server.settings().storage())) {
            log(database).record(event);
        }
    }

    private static AuditLog log(Database database) {
        return new AuditLog(database, InstantSource.fixed(THEN), JSON);
    }

    private List<String> targets(String filter) {
        List<String> targets = new ArrayList<>();
        list(filter).forEach(entry -> targets.add(entry.get("target").asString()));
        return targets;
    }

    private JsonNode list(String filter) {
        return api.get(path(filter)).get("data");
    }

    private String path(String filter) {
        return "/v1/audit_events?actor=" + actor + filter;
    }

    private static JsonNode without(JsonNode entry, String member) {
        return ((ObjectNode) entry).without(member);
    }
}
