package dev.phoenix.benchmarks.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The server as its users start it: through the launcher, with its flags. */
public record Phoenix(Path launcher, String heap) implements Target {

    /** What the launcher gives a server. */
    private static final String HEAP = "1g";

    public Phoenix(Path launcher) {
        this(launcher, HEAP);
    }

    @Override
    public String name() {
        return "phoenix";
    }

    @Override
    public List<String> command(Store store, int httpPort, int grpcPort) {
        return List.of(launcher.toString(), "serve");
    }

    @Override
    public Map<String, String> environment(Store store, Path folder, int httpPort, int grpcPort) {
        return Map.of(
                "PHOENIX_JAVA_HEAP", heap,
                "PHOENIX_WORKING_DIR", folder.toString(),
                "PHOENIX_SQL_DATABASE_URL", store.url(),
                "PHOENIX_HOST", "127.0.0.1",
                "PHOENIX_PORT", Integer.toString(httpPort),
                "PHOENIX_GRPC_PORT", Integer.toString(grpcPort));
    }
}
