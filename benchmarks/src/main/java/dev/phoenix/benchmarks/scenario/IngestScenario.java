package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.SpanSize;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.Store;
import dev.phoenix.benchmarks.target.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = {
            "Durable ingest beside the physical floor: spans/s, acknowledgement latency, time to visible, memory and disk.",
            "Exits 1 when an acknowledged span is missing or a request failed."
        })
public final class IngestScenario implements Callable<Integer> {

    @Option(names = "--engine", split = ",", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(names = "--protocol", split = ",", description = "http, http-gzip, grpc (default: all)")
    private Set<Protocol> protocols = EnumSet.allOf(Protocol.class);

    @Option(
            names = "--span-size",
            split = ",",
            defaultValue = "2k",
            description = "1k, 2k, 10k, 100k (default: ${DEFAULT-VALUE})")
    private List<SpanSize> sizes = List.of();

    @Option(names = "--target", split = ",", description = "phoenix, bare (default: both)")
    private Set<String> targets = Set.of("phoenix", "bare");

    @Option(
            names = "--runs",
            defaultValue = "1",
            description = "of all that was chosen, then their median (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--warm-up",
            defaultValue = "25",
            description = "seconds (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "measured (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--steady",
            defaultValue = "10",
            description =
                    "seconds at 80 %% of what was measured, for the latencies; 0 for none (default: ${DEFAULT-VALUE})")
    private int steady;

    @Option(
            names = "--connections",
            defaultValue = "16",
            description = "(default: ${DEFAULT-VALUE})")
    private int connections;

    @Option(names = "--rate", description = "spans/s to offer, open loop (default: closed loop)")
    private double rate;

    private final Map<String, List<IngestFigures>> figures = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        IngestPhases phases =
                new IngestPhases(
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(seconds),
                        Duration.ofSeconds(steady),
                        connections,
                        rate);
        System.out.println(phases);
        System.out.println("JVM flags: " + String.join(" ", LaunchOptions.jvmFlags()));
        for (Engine engine : engines) {
            System.out.println(description(engine));
        }
        System.out.println(IngestFigures.HEADER);
        boolean complete = true;
        for (int run = 1; run <= runs; run++) {
            for (IngestCase terms : cases()) {
                complete &= compare(run, terms, phases);
            }
        }
        if (runs > 1) {
            figures.forEach((row, found) -> print("median", row, IngestFigures.median(found)));
        }
        return complete ? 0 : 1;
    }

    private static String description(Engine engine) throws Exception {
        try (Folder folder = Folder.create();
                Store store = engine.newStore(folder.path())) {
            return store.description();
        }
    }

    private List<IngestCase> cases() {
        List<IngestCase> cases = new ArrayList<>();
        for (Engine engine : engines) {
            for (SpanSize size : sizes) {
                protocols.forEach(protocol -> cases.add(new IngestCase(engine, protocol, size)));
            }
        }
        return cases;
    }

    /** Prints a row for each target, the floor first; false when something went wrong. */
    private boolean compare(int run, IngestCase terms, IngestPhases phases) throws Exception {
        boolean complete = true;
        double floor = Double.NaN;
        for (Target target : chosenTargets()) {
            IngestResult result = new IngestMeasurement(target, terms, phases).result();
            floor = target.equals(LaunchOptions.bare()) ? result.spansPerSecond() : floor;
            IngestFigures found = result.figures(floor);
            String row = target.name() + " | " + terms.columns();
            print(Integer.toString(run), row, found);
            figures.computeIfAbsent(row, first -> new ArrayList<>()).add(found);
            if (!result.complete()) {
                System.out.println(result.shortcomings());
                complete = false;
            }
        }
        return complete;
    }

    private List<Target> chosenTargets() {
        List<Target> chosen =
                new ArrayList<>(List.of(LaunchOptions.bare(), LaunchOptions.phoenix()));
        chosen.removeIf(target -> !targets.contains(target.name()));
        return chosen;
    }

    private static void print(String run, String row, IngestFigures figures) {
        System.out.println("| " + run + " | " + row + " | " + figures.columns() + " |");
    }
}
