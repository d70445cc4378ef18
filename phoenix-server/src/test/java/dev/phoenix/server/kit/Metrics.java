package dev.phoenix.server.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a server tells Prometheus; it must be started with {@link #ENABLED}. */
public final class Metrics {

    public static final Map<String, String> ENABLED = Map.of("PHOENIX_ENABLE_PROMETHEUS", "true");

    private Metrics() {}

    /** All of it. */
    public static String of(TestServer server) {
        int port = server.settings().observability().prometheusPort();
        try (var text =
                URI.create("http://localhost:%d/metrics".formatted(port)).toURL().openStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One value.
     *
     * @param sample name and labels, as they are written
     */
    public static double value(TestServer server, String sample) {
        String all = of(server);
        return all.lines()
                .filter(line -> line.startsWith(sample + " "))
                .map(line -> Double.parseDouble(line.substring(sample.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(sample + " is not in\n" + all));
    }
}
