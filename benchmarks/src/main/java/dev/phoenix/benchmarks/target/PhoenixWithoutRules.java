package dev.phoenix.benchmarks.target;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The server with no dialect to read, for what reading them costs. */
public record PhoenixWithoutRules(Phoenix server) implements Target {

    @Override
    public String name() {
        return server.name() + "-without-rules";
    }

    @Override
    public List<String> command(Store store, int httpPort, int grpcPort) {
        return server.command(store, httpPort, grpcPort);
    }

    @Override
    public Map<String, String> environment(Store store, Path folder, int httpPort, int grpcPort) {
        Map<String, String> environment =
                new HashMap<>(server.environment(store, folder, httpPort, grpcPort));
        environment.put("JAVA_TOOL_OPTIONS", "-Dphoenix.bench.without-dialects=true");
        return environment;
    }
}
