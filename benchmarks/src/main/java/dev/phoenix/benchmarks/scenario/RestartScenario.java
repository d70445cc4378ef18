package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description =
                "From ./phoenix serve to the first good answer on a database that exists, and memory at rest.")
public final class RestartScenario implements Callable<Integer> {

    private static final int SETTLE_SECONDS = 5;

    @Option(names = "--engine", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(names = "--rounds", defaultValue = "5", description = "(default: ${DEFAULT-VALUE})")
    private int rounds;

    @Override
    public Integer call() throws Exception {
        for (Engine engine : engines) {
            List<Long> millis = new ArrayList<>();
            List<Long> resident = new ArrayList<>();
            try (Folder folder = Folder.create();
                    Store store = engine.newStore(folder.path())) {
                RunningServer.start(LaunchOptions.phoenix(), store, folder.path()).close();
                for (int round = 0; round < rounds; round++) {
                    try (RunningServer server =
                            RunningServer.start(LaunchOptions.phoenix(), store, folder.path())) {
                        millis.add(server.startTime().toMillis());
                        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
                        resident.add(server.residentBytes() >> 20);
                    }
                }
            }
            System.out.printf(
                    "%s: ready after %s ms, median %.0f; RSS %d s later %s MB%n",
                    engine,
                    join(millis),
                    Median.of(millis.stream().mapToDouble(Long::doubleValue)),
                    SETTLE_SECONDS,
                    join(resident));
        }
        return 0;
    }

    private static String join(List<Long> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
