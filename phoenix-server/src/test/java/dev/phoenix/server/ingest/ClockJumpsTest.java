package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A clock that is put forward or back under load costs nothing and stops nothing. */
class ClockJumpsTest {

    private static final int SENDERS = 4;
    private static final int BETWEEN_JUMPS = 40;
    private static final List<Duration> JUMPS =
            List.of(
                    Duration.ofHours(1),
                    Duration.ofHours(-2),
                    Duration.ofMillis(-1),
                    Duration.ofDays(365),
                    Duration.ofDays(-20_000),
                    Duration.ofDays(30_000));

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean done = new AtomicBoolean();

    @Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "POSTGRESQL"})
    void spans_are_stored_once_whatever_time_it_is(TestEngine engine) throws Exception {
        var clock = new JumpingClock();
        try (TestServer server = TestServer.start(engine, Map.of(), clock);
                ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            String project = server.projectName();
            List<Future<?>> sending =
                    IntStream.range(0, SENDERS)
                            .<Future<?>>mapToObj(
                                    i -> senders.submit(() -> sendUntilDone(server, project)))
                            .toList();
            try {
                awaitMore(sending);
                for (Duration jump : JUMPS) {
                    String before = lastUpdated(server, project);
                    clock.jump(jump);
                    awaitMore(sending);
                    assertThat(Instant.parse(lastUpdated(server, project)))
                            .as("what those who poll see after a jump of %s", jump)
                            .isAfter(Instant.parse(before));
                    assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
                }
            } finally {
                done.set(true);
            }
            for (Future<?> sender : sending) {
                sender.get();
            }

            assertThat(Stored.spans(server, project))
                    .extracting(span -> span.get("name").asString())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(server.differences()).isEmpty();
        }
    }

    private void sendUntilDone(TestServer server, String project) {
        while (!done.get()) {
            var traceId = Spans.id(16);
            List<String> names =
                    IntStream.range(0, 5).mapToObj(i -> Spans.hex(traceId) + " " + i).toList();
            var spans = names.stream().map(name -> Spans.llm(traceId, name, 3, 4).build()).toList();
            byte[] body = Spans.request(project, spans).toByteArray();
            assertThat(server.post("/v1/traces", "application/x-protobuf", body).statusCode())
                    .isEqualTo(200);
            acknowledged.addAll(names);
        }
    }

    /** Returns when some more spans are acknowledged; fails with the first sender that does. */
    private void awaitMore(List<Future<?>> sending)
            throws ExecutionException, InterruptedException {
        int enough = acknowledged.size() + BETWEEN_JUMPS;
        while (acknowledged.size() < enough) {
            for (Future<?> sender : sending) {
                if (sender.isDone()) {
                    sender.get();
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static String lastUpdated(TestServer server, String project) {
        return new Api(server)
                .query(
                        "{getProjectByName(name: \"%s\") {streamingLastUpdatedAt}}"
                                .formatted(project))
                .at("/getProjectByName/streamingLastUpdatedAt")
                .asString();
    }

    private static final class JumpingClock implements InstantSource {

        private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

        void jump(Duration jump) {
            offset.accumulateAndGet(jump, Duration::plus);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset.get());
        }
    }
}
