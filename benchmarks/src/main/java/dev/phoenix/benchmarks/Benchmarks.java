package dev.phoenix.benchmarks;

import dev.phoenix.benchmarks.fault.FaultScenario;
import dev.phoenix.benchmarks.scenario.AuthScenario;
import dev.phoenix.benchmarks.scenario.DialectScenario;
import dev.phoenix.benchmarks.scenario.IngestScenario;
import dev.phoenix.benchmarks.scenario.OverloadScenario;
import dev.phoenix.benchmarks.scenario.ProfileScenario;
import dev.phoenix.benchmarks.scenario.ReadScenario;
import dev.phoenix.benchmarks.scenario.RestartScenario;
import dev.phoenix.benchmarks.scenario.TraceScenario;
import dev.phoenix.benchmarks.scenario.UiScenario;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./phoenix bench}: without a scenario it measures ingest. */
@Command(
        name = "./phoenix bench",
        mixinStandardHelpOptions = true,
        description = "Measures the real server on throw-away databases of this machine.",
        subcommands = {
            IngestScenario.class,
            TraceScenario.class,
            ReadScenario.class,
            OverloadScenario.class,
            FaultScenario.class,
            ProfileScenario.class,
            RestartScenario.class,
            AuthScenario.class,
            DialectScenario.class,
            UiScenario.class
        })
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(Benchmarks::endWhatRuns));
        String[] command = args.length == 0 ? new String[] {"ingest"} : args;
        System.exit(
                new CommandLine(new Benchmarks())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(command));
    }

    /** Nothing, unless somebody ends a measurement half-way. */
    private static void endWhatRuns() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
