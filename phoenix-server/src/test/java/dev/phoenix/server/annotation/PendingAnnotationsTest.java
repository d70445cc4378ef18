package dev.phoenix.server.annotation;

import static dev.phoenix.server.annotation.Annotations.await;
import static dev.phoenix.server.annotation.Annotations.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Annotations that arrive before what they annotate. */
@ParameterizedClass
@EnumSource(
        value = TestEngine.class,
        names = {"SQLITE", "POSTGRESQL"})
class PendingAnnotationsTest {

    private static final long MS = 1_000_000;

    private final TestEngine engine;
    private final Map<String, String> storage;

    PendingAnnotationsTest(TestEngine engine, @TempDir Path folder) {
        this.engine = engine;
        this.storage =
                Map.of(
                        "PHOENIX_SQL_DATABASE_URL",
                        engine.newDatabase(folder),
                        "PHOENIX_ENABLE_PROMETHEUS",
                        "TRUE");
    }

    private TestServer start() {
        return TestServer.start(engine, storage);
    }

    @Test
    void annotation_findsWhatArrivesLater() {
        try (TestServer server = start()) {
            Annotations annotations = new Annotations(server);
            Telemetry sent = Telemetry.of(server);
            String session = sent.project();
            annotations.accept("span", span(sent.spanId(1), "s", "'result': {'label': 'first'}"));
            annotations.accept("span", span(sent.spanId(1), "s", "'result': {'label': 'last'}"));
            annotations.accept(
                    "trace",
                    "{'trace_id': '%s', 'name': 't', 'annotator_kind': 'LLM'}"
                            .formatted(sent.traceId(1)));
            annotations.accept(
                    "session",
                    "{'session_id': '%s', 'name': 'x', 'annotator_kind': 'LLM'}"
                            .formatted(session));
            sent.span(1, 1, 0, MS, span -> span.attribute("session.id", session)).send();
            await(
                    Map.of("s", "last"),
                    () -> annotations.labels(sent.project(), "span", sent.spanId(1)));
            await(
                    Map.of("t", ""),
                    () -> annotations.labels(sent.project(), "trace", sent.traceId(1)));
            await(Map.of("x", ""), () -> annotations.labels(sent.project(), "session", session));
            await(0, () -> waiting(server));
        }
    }

    @Test
    void annotationOfADocument_needsTheDocument() {
        try (TestServer server = start()) {
            Annotations annotations = new Annotations(server);
            Telemetry sent = Telemetry.of(server);
            for (int position = 0; position < 2; position++) {
                annotations.accept(
                        "document",
                        span(sent.spanId(1), "relevance", "'document_position': " + position));
            }
            sent.span(
                            1,
                            1,
                            0,
                            MS,
                            span ->
                                    span.kind("RETRIEVER")
                                            .attribute(
                                                    "retrieval.documents.0.document.content", "a"))
                    .send();
            await(0, () -> waiting(server));
            assertThat(rows(server, "SELECT count(*) FROM document_annotations")).isEqualTo(1);
        }
    }

    @Test
    void laterWrite_isNotUndoneByWhatWaited() {
        try (TestServer server = start()) {
            Annotations annotations = new Annotations(server);
            Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
            annotations.accept("span", span("later", "s", "'result': {'label': 'old'}"));
            annotations.store("span", span(sent.spanId(1), "s", "'result': {'label': 'new'}"));
            // The same as if the span had arrived between the two.
            change(
                    server,
                    "UPDATE pending_annotations SET target_id = '%s'".formatted(sent.spanId(1)));
            Telemetry.of(server).span(2, 2, 0, MS).send();
            await(0, () -> waiting(server));
            assertThat(annotations.labels(sent.project(), "span", sent.spanId(1)))
                    .isEqualTo(Map.of("s", "new"));
        }
    }

    @Test
    void whatNeverArrives_isGivenUpAndCounted() {
        try (TestServer server = start()) {
            Annotations annotations = new Annotations(server);
            annotations.accept("span", span("never", "s", ""));
            annotations.accept("span", span("not yet", "s", ""));
            // Once the server has started, nothing lets an annotation wait longer any more.
            await(2, () -> waiting(server));
            Telemetry.of(server).span(1, 1, 0, MS).send();
            change(
                    server,
                    "UPDATE pending_annotations SET expires_at_ns = 0 WHERE target_id = 'never'");
            Telemetry.of(server).span(2, 2, 0, MS).send();
            await(1, () -> waiting(server));
            await(
                    true,
                    () ->
                            metrics(server)
                                    .contains(
                                            "phoenix_annotations_discarded_total{reason=\"expired\",target=\"span\"} 1.0"));
        }
    }

    @Test
    void fullWaitingRoom_isToldAndLeavesOthersAlone() {
        try (TestServer server = start()) {
            Annotations annotations = new Annotations(server);
            Telemetry sent = Telemetry.of(server).span(1, 1, 0, MS).send();
            annotations.accept("span", span("waits", "s", ""));
            change(
                    server,
                    "UPDATE pending_annotations SET bytes = " + (WaitingRoom.MAX_BYTES - 50));
            Telemetry.of(server).span(2, 2, 0, MS).send();
            await(
                    503,
                    () ->
                            annotations
                                    .send("span", false, span("too much", "s".repeat(60), ""))
                                    .statusCode());
            annotations.accept("span", span(sent.spanId(1), "s", "'result': {'label': 'x'}"));
            assertThat(annotations.labels(sent.project(), "span", sent.spanId(1)))
                    .isEqualTo(Map.of("s", "x"));
        }
    }

    @Test
    void whatOneServerTookBeforeItStopped_anotherFinishes() {
        if (engine == TestEngine.SQLITE) {
            return;
        }
        try (TestServer living = start()) {
            Telemetry sent = Telemetry.of(living);
            try (TestServer stopping = start()) {
                new Annotations(stopping)
                        .accept("span", span(sent.spanId(1), "s", "'result': {'label': 'x'}"));
            }
            Annotations annotations = new Annotations(living);
            // What it accepts itself makes it look.
            annotations.accept("span", span("unknown", "s", ""));
            sent.span(1, 1, 0, MS).send();
            await(
                    Map.of("s", "x"),
                    () -> annotations.labels(sent.project(), "span", sent.spanId(1)));
        }
    }

    /** Spans and annotations in any order, through several servers and restarts. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyInterleaving_endsWithEveryAnnotationAttached(long seed) {
        Random random = new Random(seed);
        Map<Integer, Map<String, String>> expected = new TreeMap<>();
        TestServer first = start();
        Telemetry ids = Telemetry.of(first);
        List<Step> steps = steps(ids, expected);
        Collections.shuffle(steps, random);
        List<TestServer> servers = new ArrayList<>(List.of(first));
        if (engine == TestEngine.POSTGRESQL) {
            servers.add(start());
        }
        try {
            for (Step step : steps) {
                int server = random.nextInt(servers.size());
                if (random.nextInt(20) == 0) {
                    servers.get(server).close();
                    servers.set(server, start());
                }
                step.on(servers.get(server));
            }
            Annotations annotations = new Annotations(servers.getFirst());
            expected.forEach(
                    (span, labels) ->
                            await(
                                    labels,
                                    () ->
                                            annotations.labels(
                                                    ids.project(), "span", ids.spanId(span))));
            await(0, () -> waiting(servers.getFirst()));
        } finally {
            servers.forEach(TestServer::close);
        }
    }

    private interface Step {

        void on(TestServer server);
    }

    private static List<Step> steps(Telemetry ids, Map<Integer, Map<String, String>> expected) {
        List<Step> steps = new ArrayList<>();
        for (int span = 1; span <= 12; span++) {
            int number = span;
            steps.add(server -> ids.on(server).span(number % 3, number, 0, MS).send());
            for (String name : List.of("a", "b")) {
                String label = name + number;
                expected.computeIfAbsent(number, any -> new TreeMap<>()).put(name, label);
                String item =
                        span(
                                ids.spanId(number),
                                name,
                                "'result': {'label': '%s'}".formatted(label));
                steps.add(server -> new Annotations(server).accept("span", item));
            }
        }
        return steps;
    }

    private static int waiting(TestServer server) {
        return rows(server, "SELECT count(*) FROM pending_annotations");
    }

    private static int rows(TestServer server, String query) {
        try (Database database = Database.open(server.settings().storage())) {
            return Objects.requireNonNull(database.read().fetchOne(query)).get(0, int.class);
        }
    }

    private static void change(TestServer server, String statement) {
        try (Database database = Database.open(server.settings().storage())) {
            database.transaction(connection -> connection.execute(statement));
        }
    }

    private static String metrics(TestServer server) {
        return server.send(
                        HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:%d/metrics"
                                                .formatted(
                                                        server.settings()
                                                                .observability()
                                                                .prometheusPort()))))
                .body();
    }
}
