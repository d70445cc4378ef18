package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Recorded requests with something wrong in them, through every door, beside an exporter whose
 * spans must not suffer.
 */
final class FuzzRequests implements Fault {

    private static final int SENDERS = 8;
    private static final int EXPORTERS = 1;
    private static final int NAMED = 20;

    /** Taken, refused as unreadable or known, refused as too large. */
    private static final Set<String> ANSWERS =
            Set.of(
                    "200",
                    "202",
                    "400",
                    "413",
                    "422",
                    "OK",
                    "INVALID_ARGUMENT",
                    "RESOURCE_EXHAUSTED");

    @Override
    public String name() {
        return "fuzz";
    }

    @Override
    public Report cause(Engine engine, Effort effort) throws Exception {
        var report = new Report();
        int count = effort.of(1_000, 100_000);
        try (Rig rig = Rig.on(engine);
                RunningServer server = rig.startServer()) {
            try (OpenDoor door = new OpenDoor(server);
                    Sender sender = Rig.sender(server, 0);
                    Exporter.Load load = rig.exporter().start(sender, EXPORTERS)) {
                load.awaitAcknowledged(1);
                sendAll(report, door, new Mutations(effort.seed()), count);
            }
            report.require(server.isAlive(), "the server ended");
            try (Sender sender = Rig.sender(server, 0)) {
                rig.exporter().drain(sender);
            }
            rig.oracle().findLosses(report);
            rig.oracle().recount(report);
            report.fact(
                    "%,d spans acknowledged beside them, %,d requests sent again",
                    rig.ledger().spans(), rig.exporter().resent());
        }
        return report;
    }

    private static void sendAll(Report report, OpenDoor door, Mutations mutations, int count)
            throws Exception {
        Map<String, LongAdder> answers = new ConcurrentHashMap<>();
        var wrong = new ConcurrentLinkedQueue<String>();
        var next = new AtomicLong();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                work.add(
                        workers.submit(
                                () -> {
                                    long number = next.getAndIncrement();
                                    for (; number < count; number = next.getAndIncrement()) {
                                        var mutation = mutations.number(number);
                                        String answer = door.send(mutation.door(), mutation.body());
                                        answers.computeIfAbsent(answer, any -> new LongAdder())
                                                .increment();
                                        if (!ANSWERS.contains(answer)) {
                                            wrong.add(
                                                    "%d over %s: %s"
                                                            .formatted(
                                                                    number,
                                                                    mutation.door(),
                                                                    answer));
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> worker : work) {
                worker.get();
            }
        }
        report.fact("%,d mutations, answers %s", count, new TreeMap<>(answers));
        report.require(
                wrong.isEmpty(),
                "%,d mutations had answers that are neither yes nor no: %s",
                wrong.size(),
                wrong.stream().limit(NAMED).toList());
    }
}
