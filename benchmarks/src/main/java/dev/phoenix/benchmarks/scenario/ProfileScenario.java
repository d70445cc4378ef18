package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.SpanSize;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.Phoenix;
import dev.phoenix.benchmarks.target.Store;
import dev.phoenix.benchmarks.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = {
            "Where the processor time of ingest goes, by samples of the running server.",
            "Native code counts for its caller. Sampling slows the server down by a few percent."
        })
public final class ProfileScenario implements Callable<Integer> {

    private static final int CONNECTIONS = 16;

    @Option(names = "--engine", split = ",", description = "sqlite, postgresql (default: both)")
    private Set<Engine> engines = EnumSet.allOf(Engine.class);

    @Option(
            names = "--protocol",
            defaultValue = "HTTP_GZIP",
            description = "http, http-gzip, grpc (default: http-gzip)")
    private Protocol protocol = Protocol.HTTP_GZIP;

    @Option(
            names = "--span-size",
            defaultValue = "2k",
            description = "1k, 2k, 10k, 100k (default: ${DEFAULT-VALUE})")
    private SpanSize size = SpanSize.KB_2;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "seconds (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "measured (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        for (Engine engine : engines) {
            try (Folder folder = Folder.create()) {
                profile(new IngestCase(engine, protocol, size), folder.path());
            }
        }
        return 0;
    }

    private void profile(IngestCase terms, Path folder) throws Exception {
        Path recording = folder.resolve("server.jfr");
        var target = new Recorded(LaunchOptions.phoenix(), settings(folder), recording);
        var phases =
                new IngestPhases(
                        Duration.ofSeconds(warmUp),
                        Duration.ofSeconds(seconds),
                        Duration.ZERO,
                        CONNECTIONS,
                        0);
        IngestResult result = new IngestMeasurement(target, terms, phases).result();
        print(result, CpuProfile.of(recording, phases.measured()));
    }

    private static void print(IngestResult result, CpuProfile profile) {
        Duration cpu = result.run().serverCpu();
        long spans = Math.max(1, result.run().measured().acknowledgedSpans());
        System.out.printf(
                "%s: %,.0f spans/s, %.1f µs of processor time for each%n",
                result.terms().columns(), result.spansPerSecond(), micros(cpu, spans));
        System.out.println("| µs/span | share | what |\n|---:|---:|---|");
        Duration java = cpu.minus(profile.compiling()).minus(profile.collecting());
        profile.samples().entrySet().stream()
                .sorted(Map.Entry.<Area, Integer>comparingByValue().reversed())
                .forEach(
                        area ->
                                row(
                                        java.multipliedBy(area.getValue())
                                                .dividedBy(profile.total()),
                                        cpu,
                                        spans,
                                        area.getKey().toString()));
        row(profile.compiling(), cpu, spans, "JIT compilers");
        row(profile.collecting(), cpu, spans, "garbage collector");
    }

    private static void row(Duration time, Duration cpu, long spans, String what) {
        System.out.printf(
                "| %.1f | %.0f %% | %s |%n",
                micros(time, spans), 100.0 * time.toNanos() / cpu.toNanos(), what);
    }

    private static double micros(Duration time, long spans) {
        return time.toNanos() / 1e3 / spans;
    }

    private static Path settings(Path folder) throws IOException {
        Path settings = folder.resolve("cpu.jfc");
        try (InputStream packed = ProfileScenario.class.getResourceAsStream("/profile/cpu.jfc")) {
            Files.copy(packed, settings);
        }
        return settings;
    }

    /** The server with a flight recording that it writes when it ends. */
    private record Recorded(Phoenix phoenix, Path settings, Path recording) implements Target {

        @Override
        public String name() {
            return phoenix.name();
        }

        @Override
        public List<String> command(Store store, int httpPort, int grpcPort) {
            return phoenix.command(store, httpPort, grpcPort);
        }

        @Override
        public Map<String, String> environment(
                Store store, Path folder, int httpPort, int grpcPort) {
            Map<String, String> environment =
                    new LinkedHashMap<>(phoenix.environment(store, folder, httpPort, grpcPort));
            environment.put(
                    "JDK_JAVA_OPTIONS",
                    "-XX:StartFlightRecording:settings=%s,filename=%s,dumponexit=true"
                            .formatted(settings, recording));
            return environment;
        }
    }
}
