package dev.phoenix.benchmarks.target;

import dev.phoenix.benchmarks.bare.BareServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The physical floor in a JVM with the server's own flags. */
public record Bare(List<String> jvmFlags) implements Target {

    @Override
    public String name() {
        return "bare";
    }

    @Override
    public List<String> command(Store store, int httpPort, int grpcPort) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), BareServer.class.getName()));
        command.addAll(
                List.of(store.jdbcUrl(), Integer.toString(httpPort), Integer.toString(grpcPort)));
        return command;
    }

    @Override
    public Map<String, String> environment(Store store, Path folder, int httpPort, int grpcPort) {
        return Map.of();
    }
}
