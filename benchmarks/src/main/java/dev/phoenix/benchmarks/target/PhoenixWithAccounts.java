package dev.phoenix.benchmarks.target;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The server where callers have to log in. */
public record PhoenixWithAccounts(Phoenix phoenix) implements Target {

    /** A bearer token with the rights of an admin. */
    public static final String ADMIN_SECRET = "an-admin-secret-of-benchmarks-0123456789";

    public static final String ADMIN_EMAIL = "admin@localhost";
    public static final String ADMIN_PASSWORD = "admin";

    @Override
    public String name() {
        return "phoenix with accounts";
    }

    @Override
    public List<String> command(Store store, int httpPort, int grpcPort) {
        return phoenix.command(store, httpPort, grpcPort);
    }

    @Override
    public Map<String, String> environment(Store store, Path folder, int httpPort, int grpcPort) {
        Map<String, String> environment =
                new HashMap<>(phoenix.environment(store, folder, httpPort, grpcPort));
        environment.put("PHOENIX_ENABLE_AUTH", "true");
        environment.put("PHOENIX_SECRET", "a-secret-of-benchmarks-that-signs-0123456789");
        environment.put("PHOENIX_ADMIN_SECRET", ADMIN_SECRET);
        environment.put("PHOENIX_DISABLE_RATE_LIMIT", "true");
        return environment;
    }
}
