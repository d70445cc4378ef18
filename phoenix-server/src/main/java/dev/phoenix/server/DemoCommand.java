package dev.phoenix.server;

import dev.phoenix.server.demo.DemoTraffic;
import dev.phoenix.server.demo.Recording;
import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Sends recorded traces of real applications to a running server.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec private CommandSpec spec;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "the server (default: http://localhost and PHOENIX_PORT)")
    private @Nullable URI endpoint;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description =
                    "of somebody who may send, where authentication is on (default: PHOENIX_API_KEY)")
    private @Nullable String apiKey;

    @SuppressWarnings("NullAway.Init") // picocli sets the specification.
    DemoCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI server = endpoint == null ? localServer() : checked(endpoint);
        PrintWriter out = spec.commandLine().getOut();
        List<Recording> recordings = Recording.all();
        String key = apiKey == null ? environment.get("PHOENIX_API_KEY") : apiKey;
        try (DemoTraffic traffic = new DemoTraffic(server, key, InstantSource.system())) {
            traffic.send(
                    recordings,
                    (recording, rejected) ->
                            out.printf(
                                    "%-32s %3d spans to %s%s%n",
                                    recording.name(),
                                    recording.spans(),
                                    recording.project(),
                                    rejected == 0 ? "" : " (" + rejected + " refused)"));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new SettingsException(
                    "No server answers at %s: start one with `phoenix serve`, or name it with --endpoint."
                            .formatted(server),
                    e);
        } catch (DemoTraffic.NotAllowed e) {
            throw new SettingsException(
                    "%s lets in only known callers who may send, and %s: make a key in the profile of a member and name it with --api-key or PHOENIX_API_KEY."
                            .formatted(
                                    server, key == null ? "no key was given" : "refused this key"),
                    e);
        }
        out.printf(
                "Sent %d spans to %d projects. Open %s%n",
                recordings.stream().mapToInt(Recording::spans).sum(),
                recordings.stream().map(Recording::project).distinct().count(),
                server);
        return 0;
    }

    private URI localServer() {
        Settings settings = Settings.load(environment);
        return URI.create(
                "%s://localhost:%d%s"
                        .formatted(
                                settings.tls().http() ? "https" : "http",
                                settings.network().port(),
                                settings.network().rootPath()));
    }

    private static URI checked(URI endpoint) {
        String scheme = endpoint.getScheme();
        if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new SettingsException(
                    "--endpoint must be a URL with http or https and a host, was '%s': write it like http://localhost:6006."
                            .formatted(endpoint));
        }
        return endpoint;
    }
}
