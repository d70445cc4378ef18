package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.target.Engine;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "fault",
        mixinStandardHelpOptions = true,
        description =
                "Breaks things under load and looks for every acknowledged span; exits 1 when a rule is broken.")
public final class FaultScenario implements Callable<Integer> {

    private static final List<Fault> FAULTS =
            List.of(
                    new KillServer(),
                    new StopPostgres(),
                    new BreakNetwork(),
                    new BreakExporters(),
                    new FillDisk(),
                    new CountSyncs(),
                    new FuzzRequests(),
                    new HostileSpans());

    @SuppressWarnings("NullAway.Init") // picocli sets it.
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FAULT",
            description =
                    "kill, postgres-stop, network, exporters, disk, syncs, fuzz, hostile (default: all of them)")
    private List<String> names = List.of();

    @Option(names = "--engine", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(names = "--full", description = "the long form of each")
    private boolean full;

    @Option(names = "--seed", description = "repeats the random choices of an earlier run")
    private @Nullable Long seed;

    @Override
    public Integer call() throws Exception {
        var effort = new Effort(full, seed == null ? RandomGenerator.getDefault().nextInt() : seed);
        System.out.printf("seed %d%n", effort.seed());
        int passed = 0;
        int failed = 0;
        for (Fault fault : chosen()) {
            for (Engine engine : engines) {
                if (fault.concerns(engine)) {
                    if (passes(fault, engine, effort)) {
                        passed++;
                    } else {
                        failed++;
                    }
                }
            }
        }
        System.out.printf("%d passed, %d failed%n", passed, failed);
        return failed == 0 ? 0 : 1;
    }

    private List<Fault> chosen() {
        List<String> known = FAULTS.stream().map(Fault::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "FAULT must be one of %s, was %s".formatted(known, name));
            }
        }
        return FAULTS.stream()
                .filter(fault -> names.isEmpty() || names.contains(fault.name()))
                .toList();
    }

    /** What goes wrong with one fault does not keep the others from being caused. */
    private static boolean passes(Fault fault, Engine engine, Effort effort) throws Exception {
        String what = fault.name() + " on " + engine;
        String obstacle = fault.obstacle();
        if (obstacle != null) {
            System.out.printf("%s: skipped, %s%n", what, obstacle);
            return true;
        }
        long startedAt = System.nanoTime();
        try {
            Report report = fault.cause(engine, effort);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s in %.0f s; %s%n",
                    what,
                    report.good() ? "good" : "FAIL",
                    (System.nanoTime() - startedAt) / 1e9,
                    report);
            return report.good();
        } catch (Exception e) {
            System.out.printf("%s: FAIL%n", what);
            e.printStackTrace(System.out);
            return false;
        }
    }
}
