package dev.phoenix.benchmarks.scenario;

import static java.util.Collections.nCopies;

import dev.phoenix.benchmarks.load.Answer;
import dev.phoenix.benchmarks.load.History;
import dev.phoenix.benchmarks.load.OneTrace;
import dev.phoenix.benchmarks.load.Reply;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.load.TraceShape;
import dev.phoenix.benchmarks.target.RunningServer;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import tools.jackson.databind.json.JsonMapper;

/**
 * Six projects of very different sizes, the largest with annotations, and a few large traces, all
 * sent through the front door.
 */
final class ReadData {

    static final List<Integer> SHARES = List.of(60, 20, 10, 5, 4, 1);
    static final List<Integer> TRACE_SIZES = List.of(100, 10_000, 100_000);

    private static final int CONNECTIONS = 16;

    /** One request of spans in this many has annotations. */
    private static final int ANNOTATED = 20;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunningServer server;
    private final Sender sender;
    private final long spans;
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final Map<Integer, String> rootsOfTraces = new LinkedHashMap<>();

    ReadData(RunningServer server, Sender sender, long spans) {
        this.server = server;
        this.sender = sender;
        this.spans = spans;
    }

    /** The largest project. */
    History main() {
        return history(0);
    }

    private History history(int project) {
        return new History("read-" + project, end, spans * SHARES.get(project) / 100 / 100 * 100);
    }

    /** Span ids of the roots, by size. */
    Map<Integer, String> rootsOfTraces() {
        return rootsOfTraces;
    }

    void load() throws Exception {
        for (int project = 0; project < SHARES.size(); project++) {
            History history = history(project);
            Requests requests = Requests.of(history);
            int count = (int) (history.spans() / requests.spans());
            deliver(count, requests::encode);
            if (project == 0) {
                annotate(requests, count);
            }
        }
        for (int size : TRACE_SIZES) {
            OneTrace trace = new OneTrace("read-traces", TraceShape.TREE, size);
            deliver(trace.requests(), trace::encode);
            rootsOfTraces.put(size, trace.rootId());
        }
    }

    private void deliver(int count, IntFunction<byte[]> request) throws Exception {
        var next = new AtomicInteger();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> work =
                    () -> {
                        for (int i = next.getAndIncrement();
                                i < count;
                                i = next.getAndIncrement()) {
                            deliver(sender.body(request.apply(i)));
                        }
                        return null;
                    };
            for (Future<Void> worker : workers.invokeAll(nCopies(CONNECTIONS, work))) {
                worker.get();
            }
        }
    }

    private void deliver(byte[] body) throws InterruptedException {
        Reply reply = sender.send(body);
        while (reply.answer() == Answer.REFUSED) {
            TimeUnit.NANOSECONDS.sleep(Math.max(50_000_000, reply.retryAfter().toNanos()));
            reply = sender.send(body);
        }
        if (reply.answer() == Answer.FAILED) {
            throw new IllegalStateException("a request failed");
        }
    }

    private void annotate(Requests requests, int count) throws IOException {
        for (int request = 0; request < count; request += ANNOTATED) {
            List<Map<String, Object>> data = new ArrayList<>();
            int[] place = {request};
            requests.spanIds(request)
                    .forEach(
                            id ->
                                    data.add(
                                            Map.of(
                                                    "span_id",
                                                    id,
                                                    "name",
                                                    "quality",
                                                    "annotator_kind",
                                                    "CODE",
                                                    "result",
                                                    Map.of("score", place[0]++ % 997 / 997.0))));
            var response =
                    server.postJson(
                            "/v1/span_annotations?sync=true",
                            JSON.writeValueAsString(Map.of("data", data)));
            if (response.statusCode() != 200) {
                throw new IOException("annotations were refused: " + response.body());
            }
        }
    }
}
