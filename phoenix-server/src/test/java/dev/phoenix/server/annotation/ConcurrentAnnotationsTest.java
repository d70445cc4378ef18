package dev.phoenix.server.annotation;

import static dev.phoenix.server.annotation.Annotations.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Many writers of one annotation leave one row. */
@ServerTest
class ConcurrentAnnotationsTest {

    private static final int WRITERS = 12;
    private static final int WRITES = 5;

    private final TestServer server;
    private final Annotations annotations;

    ConcurrentAnnotationsTest(TestServer server) {
        this.server = server;
        this.annotations = new Annotations(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run-7"})
    void oneAnnotation_isOneRow(String identifier) throws Exception {
        Telemetry sent = Telemetry.of(server).span(1, 1, 0, 1).send();
        List<Integer> statuses =
                atOnce(
                        writer ->
                                annotations
                                        .send(
                                                "span",
                                                writer % 3 != 0,
                                                annotation(sent, identifier, "w" + writer))
                                        .statusCode());
        assertThat(statuses).hasSize(WRITERS * WRITES).containsOnly(200);
        // Written after all others, so it is the one that stays.
        annotations.store("span", annotation(sent, identifier, "last"));
        JsonNode stored =
                annotations.list(sent.project(), "span", "span_ids=" + sent.spanId(1)).get("data");
        assertThat(stored).hasSize(1);
        assertThat(stored.at("/0/result/label").asString()).isEqualTo("last");
    }

    private static String annotation(Telemetry sent, String identifier, String label) {
        return span(
                sent.spanId(1),
                "quality",
                "'identifier': '%s', 'result': {'label': '%s', 'score': 1}"
                        .formatted(identifier, label));
    }

    private interface Write {

        int by(int writer) throws Exception;
    }

    private static List<Integer> atOnce(Write write)
            throws InterruptedException, ExecutionException {
        CountDownLatch start = new CountDownLatch(WRITERS);
        List<Callable<List<Integer>>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(
                    () -> {
                        start.countDown();
                        start.await();
                        List<Integer> statuses = new ArrayList<>();
                        for (int j = 0; j < WRITES; j++) {
                            statuses.add(write.by(writer));
                        }
                        return statuses;
                    });
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Integer>> future : threads.invokeAll(writers)) {
                statuses.addAll(future.get());
            }
        }
        return statuses;
    }
}
