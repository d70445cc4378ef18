package dev.phoenix.server.db;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.ingest.recount.Recount;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.StorageSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Databases of every earlier version of the schema, with what a server stored today as far as that
 * version has room for it: two servers that start on one at the same time lose nothing of it, and
 * every sum equals a recount afterwards.
 */
class MigratedDataTest {

    /** The first with sums; those of older rows would have to be made, and nobody has any. */
    private static final MigrationVersion OLDEST = MigrationVersion.fromVersion("2");

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void everyVersion_keepsItsRowsAndSums(TestEngine engine) throws Exception {
        Map<String, List<Row>> tables;
        try (TestServer server = startOn(engine, engine.newDatabase(folder))) {
            sendEverything(server);
            tables = read(server);
        }
        assertThat(tables.get("spans")).hasSize(6);

        List<MigrationVersion> versions = earlierVersions(engine);
        assertThat(versions).hasSizeGreaterThan(14);
        for (MigrationVersion version : versions) {
            StorageSettings storage =
                    engine.newStorage(folder.resolve("version-" + version), Map.of());
            Map<String, List<Row>> before = fill(storage, version, tables);

            assertThat(atOnce(() -> opens(storage), () -> opens(storage))).containsOnly(true);

            assertKept(storage, version, before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void oldestVersion_isServedByServersThatStartTogether(TestEngine engine) throws Exception {
        Map<String, List<Row>> tables;
        Telemetry sent;
        JsonNode spans;
        try (TestServer server = startOn(engine, engine.newDatabase(folder))) {
            sent = sendEverything(server);
            spans = spans(server, sent);
            tables = read(server);
        }
        String url = engine.newDatabase(folder.resolve("old"));
        fill(storage(url), OLDEST, tables);

        List<TestServer> servers = atOnce(() -> startOn(engine, url), () -> startOn(engine, url));
        try (TestServer first = servers.getFirst();
                TestServer second = servers.getLast()) {
            assertThat(spans(first, sent)).isEqualTo(spans);
            assertThat(spans(second, sent)).isEqualTo(spans);

            sent.on(first).span(1, 50, 5, 6, span -> span.parent(1).tokens(1, 1)).send();
            sent.on(second).span(1, 51, 5, 6, span -> span.parent(50).tokens(1, 1)).send();
            assertThat(spans(first, sent)).hasSize(spans.size() + 2);
            assertThat(first.differences()).isEmpty();
        }
    }

    /** Spans, sessions, failures, costs, annotations that found their span and that wait for it. */
    private static Telemetry sendEverything(TestServer server) {
        Telemetry sent = Telemetry.of(server);
        sent.span(
                        1,
                        1,
                        0,
                        90_000_000_000L,
                        span -> span.ok().attribute("session.id", sent.project()))
                .span(
                        1,
                        2,
                        1,
                        50,
                        span -> span.parent(1).tokens(70, 5).attribute("llm.model_name", "gpt-4o"))
                .span(1, 3, 2, 40, span -> span.parent(2).error("failed"))
                .span(2, 4, 3, 30, span -> span.attribute("session.id", sent.project()))
                .span(
                        2,
                        5,
                        4,
                        20,
                        span ->
                                span.parent(4)
                                        .tokens(11, 3)
                                        .attribute("llm.model_name", "nobody's"))
                .span(
                        3,
                        6,
                        5,
                        10,
                        span ->
                                span.kind("RETRIEVER")
                                        .attribute("retrieval.documents.0.document.content", "text")
                                        .event(
                                                "exception",
                                                6,
                                                Map.of("exception.message", "broken")))
                .send();
        annotate(server, "span", "'span_id': '%s'".formatted(sent.spanId(2)));
        annotate(server, "span", "'span_id': 'not there yet'");
        annotate(server, "trace", "'trace_id': '%s'".formatted(sent.traceId(1)));
        annotate(server, "session", "'session_id': '%s'".formatted(sent.project()));
        annotate(
                server,
                "document",
                "'span_id': '%s', 'document_position': 0".formatted(sent.spanId(6)));
        server.post(
                "/v1/traces",
                "application/json",
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"1\",\"name\":\"bad\"}]}]}]}");
        assertThat(server.differences()).isEmpty();
        return sent;
    }

    private static void annotate(TestServer server, String kind, String target) {
        var answer =
                server.post(
                        "/v1/%s_annotations".formatted(kind),
                        "application/json",
                        "{'data': [{%s, 'name': 'quality', 'annotator_kind': 'HUMAN', 'result': {'score': 0.5}}]}"
                                .formatted(target)
                                .replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static JsonNode spans(TestServer server, Telemetry sent) {
        return new Api(server)
                .get("/v1/projects/%s/spans?limit=1000".formatted(sent.project()))
                .get("data");
    }

    private static TestServer startOn(TestEngine engine, String url) {
        return TestServer.start(engine, Map.of("PHOENIX_SQL_DATABASE_URL", url));
    }

    private static StorageSettings storage(String url) {
        return Settings.load(Map.of("PHOENIX_SQL_DATABASE_URL", url)).storage();
    }

    private static boolean opens(StorageSettings storage) {
        try (Database database = Database.open(storage)) {
            return database.isReachable();
        }
    }

    private static <T> List<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : threads.invokeAll(List.of(one, other))) {
                results.add(result.get());
            }
        }
        return results;
    }

    private List<MigrationVersion> earlierVersions(TestEngine engine) {
        StorageSettings empty = engine.newStorage(folder.resolve("empty"), Map.of());
        DatabaseSource source = Database.source(empty);
        source.prepare();
        try {
            List<MigrationVersion> all =
                    Arrays.stream(migrations(source).load().info().all())
                            .map(MigrationInfo::getVersion)
                            .filter(version -> version.isAtLeast(OLDEST.getVersion()))
                            .toList();
            return all.subList(0, all.size() - 1);
        } finally {
            source.release();
        }
    }

    private static FluentConfiguration migrations(DatabaseSource source) {
        return Flyway.configure()
                .dataSource(source.migrating())
                .locations(
                        "classpath:db/migration/" + source.engine().name().toLowerCase(Locale.ROOT))
                .placeholderReplacement(false);
    }

    /** Returns what of the tables that version has room for. */
    private static Map<String, List<Row>> fill(
            StorageSettings storage, MigrationVersion version, Map<String, List<Row>> tables)
            throws SQLException {
        DatabaseSource source = Database.source(storage);
        source.prepare();
        try {
            migrations(source).target(version).load().migrate();
            try (Connection connection = source.migrating().getConnection();
                    Statement statement = connection.createStatement()) {
                // Rows come in the order of the names of their tables.
                statement.execute(
                        switch (source.engine()) {
                            case SQLITE -> "PRAGMA foreign_keys = OFF";
                            case POSTGRESQL -> "SET session_replication_role = replica";
                        });
                connection.setAutoCommit(false);
                Map<String, List<Row>> known = new TreeMap<>();
                Map<String, List<String>> columns = columns(connection);
                for (var table : columns.entrySet()) {
                    statement.execute("DELETE FROM " + table.getKey());
                    List<Row> rows =
                            tables.getOrDefault(table.getKey(), List.of()).stream()
                                    .filter(row -> row.isKnownTo(table.getKey(), columns))
                                    .map(row -> row.only(table.getValue()))
                                    .toList();
                    insert(connection, table.getKey(), rows);
                    known.put(table.getKey(), rows);
                }
                connection.commit();
                assertThat(known.get("spans")).hasSameSizeAs(tables.get("spans"));
                return known;
            }
        } finally {
            source.release();
        }
    }

    private static void insert(Connection connection, String table, List<Row> rows)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var columns = rows.getFirst().values().keySet();
        String statement =
                "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                table,
                                columns.stream()
                                        .map(name -> '"' + name + '"')
                                        .collect(joining(", ")),
                                columns.stream().map(name -> "?").collect(joining(", ")));
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            for (Row row : rows) {
                int at = 1;
                for (Object value : row.values().values()) {
                    insert.setObject(at++, value);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void assertKept(
            StorageSettings storage, MigrationVersion version, Map<String, List<Row>> before)
            throws SQLException {
        try (Database database = Database.open(storage);
                Connection connection = database.reader().getConnection()) {
            assertThat(Recount.of(database).told()).as("sums since version %s", version).isEmpty();
            Map<String, List<Row>> after = read(connection);
            before.forEach(
                    (table, rows) -> {
                        if (!rows.isEmpty()) {
                            List<String> names = List.copyOf(rows.getFirst().values().keySet());
                            assertThat(
                                            after.getOrDefault(table, List.of()).stream()
                                                    .map(row -> row.only(names).told()))
                                    .as("%s of version %s", table, version)
                                    .containsAll(rows.stream().map(Row::told).toList());
                        }
                    });
        }
    }

    private static Map<String, List<Row>> read(TestServer server) throws SQLException {
        try (Connection connection = server.connect()) {
            return read(connection);
        }
    }

    private static Map<String, List<Row>> read(Connection connection) throws SQLException {
        Map<String, List<Row>> tables = new TreeMap<>();
        for (String table : columns(connection).keySet()) {
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
                List<Row> rows = new ArrayList<>();
                while (found.next()) {
                    Map<String, @Nullable Object> values = new LinkedHashMap<>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        values.put(found.getMetaData().getColumnName(i), found.getObject(i));
                    }
                    rows.add(new Row(values));
                }
                tables.put(table, rows);
            }
        }
        return tables;
    }

    /** By table, without those of the migrations themselves. */
    private static Map<String, List<String>> columns(Connection connection) throws SQLException {
        Map<String, List<String>> columns = new TreeMap<>();
        String schema = connection.getSchema();
        try (ResultSet tables =
                connection.getMetaData().getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                columns.put(tables.getString("TABLE_NAME"), new ArrayList<>());
            }
        }
        columns.keySet()
                .removeIf(table -> table.startsWith("flyway") || table.startsWith("sqlite_"));
        for (var table : columns.entrySet()) {
            try (ResultSet names =
                    connection.getMetaData().getColumns(null, schema, table.getKey(), "%")) {
                while (names.next()) {
                    table.getValue().add(names.getString("COLUMN_NAME"));
                }
            }
        }
        return columns;
    }

    private record Row(Map<String, @Nullable Object> values) {

        /** Keys are handed out for tables; those of later ones come with them. */
        boolean isKnownTo(String table, Map<String, List<String>> columns) {
            return !table.equals("key_blocks")
                    || columns.containsKey(String.valueOf(values.get("name")));
        }

        Row only(List<String> names) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>();
            names.stream()
                    .filter(values::containsKey)
                    .forEach(name -> kept.put(name, values.get(name)));
            return new Row(kept);
        }

        /** To be compared. */
        Map<String, String> told() {
            Map<String, String> told = new TreeMap<>();
            values.forEach(
                    (name, value) ->
                            told.put(
                                    name,
                                    value instanceof byte[] bytes
                                            ? HexFormat.of().formatHex(bytes)
                                            : String.valueOf(value)));
            return told;
        }
    }
}
