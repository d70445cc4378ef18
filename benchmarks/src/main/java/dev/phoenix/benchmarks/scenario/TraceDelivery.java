package dev.phoenix.benchmarks.scenario;

import static java.util.Collections.nCopies;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.OneTrace;
import dev.phoenix.benchmarks.load.Reply;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends a whole trace and asks the public API for the sums of its root until they are right. */
record TraceDelivery(RunningServer server, Sender sender) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String ROOT =
            """
            query ($id: String!) {
              getSpanByOtelId(spanId: $id) {
                cumulativeTokenCountPrompt cumulativeTokenCountCompletion propagatedStatusCode
              }
            }
            """;

    Times deliver(OneTrace trace, int connections) throws Exception {
        long startedAt = System.nanoTime();
        send(trace, connections);
        Duration acknowledged = Duration.ofNanos(System.nanoTime() - startedAt);
        Sums expected = Sums.expected(trace);
        Sums found = sums(trace);
        while (!found.equals(expected)) {
            if (System.nanoTime() - startedAt > LONGEST.toNanos()) {
                throw new IllegalStateException(
                        "after %s the root has %s, not %s".formatted(LONGEST, found, expected));
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            found = sums(trace);
        }
        return new Times(acknowledged, Duration.ofNanos(System.nanoTime() - startedAt));
    }

    private void send(OneTrace trace, int connections) throws Exception {
        var next = new AtomicInteger();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> work =
                    () -> {
                        int request = next.getAndIncrement();
                        while (request < trace.requests()) {
                            deliver(sender.body(trace.encode(request)));
                            request = next.getAndIncrement();
                        }
                        return null;
                    };
            for (Future<Void> worker : workers.invokeAll(nCopies(connections, work))) {
                worker.get();
            }
        }
    }

    private void deliver(byte[] body) throws InterruptedException {
        Reply reply = sender.send(body);
        while (reply.answer() == Answer.REFUSED) {
            TimeUnit.NANOSECONDS.sleep(reply.retryAfter().toNanos());
            reply = sender.send(body);
        }
        if (reply.answer() == Answer.FAILED) {
            throw new IllegalStateException("a request failed");
        }
    }

    private Sums sums(OneTrace trace) throws IOException {
        String question =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put("query", ROOT)
                                .set(
                                        "variables",
                                        JSON.createObjectNode().put("id", trace.rootId())));
        JsonNode root =
                JSON.readTree(server.postJson("/graphql", question).body())
                        .path("data")
                        .path("getSpanByOtelId");
        return new Sums(
                root.path("cumulativeTokenCountPrompt").asLong(0),
                root.path("cumulativeTokenCountCompletion").asLong(0),
                root.path("propagatedStatusCode").asString(""));
    }

    /** Counted from the first request. */
    record Times(Duration acknowledged, Duration sumsRight) {}

    /** What the root says of itself and all its descendants. */
    private record Sums(long promptTokens, long completionTokens, String status) {

        static Sums expected(OneTrace trace) {
            return new Sums(
                    (long) trace.calls() * OneTrace.PROMPT_TOKENS,
                    (long) trace.calls() * OneTrace.COMPLETION_TOKENS,
                    "ERROR");
        }
    }
}
