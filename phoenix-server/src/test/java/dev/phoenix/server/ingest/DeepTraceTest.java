package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.Telemetry;
import dev.phoenix.server.kit.TestServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Chains of spans so deep that the sums above new spans are brought up after their commit. */
@ServerTest
class DeepTraceTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int DEPTH = 4000;
    private static final int BATCH = 250;

    private final TestServer server;
    private final Api api;

    DeepTraceTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
    }

    @Test
    void chainFromTheRoot_isAddedUpSoonAfterItIsStored() {
        Telemetry telemetry = Telemetry.of(server);
        for (int first = 1; first <= DEPTH; first += BATCH) {
            send(telemetry, first, 1);
        }
        awaitRoot(telemetry);
        assertThat(server.differences()).isEmpty();
    }

    @Test
    void chainFromTheLeaf_isAddedUpAsItComes() {
        Telemetry telemetry = Telemetry.of(server);
        for (int first = DEPTH; first > 0; first -= BATCH) {
            send(telemetry, first, -1);
        }
        assertThat(tokensOfRoot(telemetry)).isEqualTo(DEPTH);
        assertThat(server.differences()).isEmpty();
    }

    /** Every link of the chain has a call of its own. */
    private static void send(Telemetry telemetry, int first, int step) {
        for (int i = 0; i < BATCH; i++) {
            int number = first + i * step;
            telemetry.span(
                    1,
                    number,
                    number,
                    number + 1,
                    span -> {
                        if (number > 1) {
                            span.parent(number - 1);
                        }
                    });
            telemetry.span(
                    1,
                    DEPTH + number,
                    number,
                    number + 1,
                    span -> span.tokens(1, 0).parent(number));
        }
        telemetry.send();
    }

    private void awaitRoot(Telemetry telemetry) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (tokensOfRoot(telemetry) != DEPTH) {
            if (System.nanoTime() > deadline) {
                fail("the root has %d tokens after %s", tokensOfRoot(telemetry), DEADLINE);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private long tokensOfRoot(Telemetry telemetry) {
        return api.query(
                        "{getSpanByOtelId(spanId: \"%s\") {cumulativeTokenCountTotal}}"
                                .formatted(telemetry.spanId(1)))
                .at("/getSpanByOtelId/cumulativeTokenCountTotal")
                .asLong();
    }
}
