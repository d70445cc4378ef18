package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.Metrics;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is asked to stop first stores and answers what it has taken. */
class ShutdownTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void requests_that_wait_for_their_commit_are_answered(TestEngine engine, @TempDir Path folder)
            throws Exception {
        Map<String, String> variables = variables(engine, folder);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestServer server = TestServer.start(engine, variables);
            String project = server.projectName();
            assertThat(post(server, project, "before").statusCode()).isEqualTo(200);
            Future<HttpResponse<String>> http;
            Future<Long> grpc;
            Future<?> stopped;
            try (HeldWrites held = HeldWrites.of(server)) {
                http = threads.submit(() -> post(server, project, "over HTTP"));
                grpc =
                        threads.submit(
                                () ->
                                        Transport.GRPC
                                                .send(
                                                        server,
                                                        Spans.request(
                                                                project,
                                                                Spans.span(
                                                                        Spans.id(16), "over gRPC")))
                                                .getRejectedSpans());
                Await.await(DEADLINE, 2.0, () -> Metrics.value(server, "phoenix_span_queue_size"));
                stopped = threads.submit(server::close);
                Await.await(DEADLINE, false, () -> answers(server));
            }
            assertThat(http.get().statusCode()).isEqualTo(200);
            assertThat(grpc.get()).isZero();
            stopped.get();

            assertThat(stored(engine, variables, project))
                    .containsExactlyInAnyOrder("before", "over HTTP", "over gRPC");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void load_ends_with_everything_acknowledged_stored(TestEngine engine, @TempDir Path folder)
            throws Exception {
        Map<String, String> variables = variables(engine, folder);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicInteger odd = new AtomicInteger();
        String project;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            TestServer server = TestServer.start(engine, variables);
            project = server.projectName();
            for (int sender = 0; sender < 8; sender++) {
                threads.submit(() -> sendUntilRefused(server, project, acknowledged, odd));
            }
            Await.await(DEADLINE, true, () -> acknowledged.size() > 200);
            server.close();
        }
        assertThat(odd).as("answers that are neither yes nor 'come back'").hasValue(0);
        assertThat(stored(engine, variables, project)).containsAll(acknowledged);
    }

    private static void sendUntilRefused(
            TestServer server, String project, Set<String> acknowledged, AtomicInteger odd) {
        while (true) {
            var trace = Spans.id(16);
            String[] names =
                    IntStream.range(0, 3)
                            .mapToObj(i -> Spans.hex(trace) + " " + i)
                            .toArray(String[]::new);
            try {
                int status = post(server, project, names).statusCode();
                if (status != 200) {
                    odd.addAndGet(status == 503 ? 0 : 1);
                    return;
                }
                acknowledged.addAll(Set.of(names));
            } catch (UncheckedIOException e) {
                return;
            }
        }
    }

    private static Set<String> stored(
            TestEngine engine, Map<String, String> variables, String project) {
        try (TestServer next = TestServer.start(engine, variables)) {
            assertThat(next.differences()).isEmpty();
            Set<String> names = ConcurrentHashMap.newKeySet();
            Stored.spans(next, project)
                    .forEach(span -> assertThat(names.add(span.get("name").asString())).isTrue());
            return names;
        }
    }

    private static HttpResponse<String> post(TestServer server, String project, String... names) {
        var trace = Spans.id(16);
        var spans = Arrays.stream(names).map(name -> Spans.llm(trace, name, 1, 2).build()).toList();
        return server.post(
                "/v1/traces",
                "application/x-protobuf",
                Spans.request(project, spans).toByteArray());
    }

    private static boolean answers(TestServer server) {
        try {
            return server.get("/healthz").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static Map<String, String> variables(TestEngine engine, Path folder) {
        Map<String, String> variables = new HashMap<>(Metrics.ENABLED);
        variables.put("PHOENIX_SQL_DATABASE_URL", engine.newDatabase(folder));
        return variables;
    }
}
