package dev.phoenix.core.config;

import static dev.phoenix.core.config.Variable.OTEL_EXPORTER_OTLP_ENDPOINT;
import static dev.phoenix.core.config.Variable.OTEL_EXPORTER_OTLP_PROTOCOL;
import static dev.phoenix.core.config.Variable.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
import static dev.phoenix.core.config.Variable.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL;
import static dev.phoenix.core.config.Variable.PHOENIX_BASE_URL;
import static dev.phoenix.core.config.Variable.PHOENIX_COLLECTOR_ENDPOINT;
import static dev.phoenix.core.config.Variable.PHOENIX_ENDPOINT;
import static dev.phoenix.core.config.Variable.PHOENIX_GRPC_PORT;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the server. One place speaks for the whole group: what the process says keeps the file from
 * being read, unless only the file has the variable made for the purpose.
 */
record Location(Tier process, Tier file) {

    static final URI DEFAULT = URI.create("http://localhost:6006");

    Sourced<URI> apiBaseUrl() {
        return firstOf(
                        () -> lenient(canonical(PHOENIX_ENDPOINT), Function.identity()),
                        () -> lenient(tier().get(PHOENIX_COLLECTOR_ENDPOINT), Endpoints::apiBase),
                        () -> lenient(tier().get(OTEL_EXPORTER_OTLP_ENDPOINT), Endpoints::apiBase),
                        () -> lenient(baseUrl(), Function.identity()),
                        () -> HostAndPort.url(tier()))
                .orElseGet(() -> new Sourced<>(DEFAULT, new Provenance.Default()));
    }

    Sourced<URI> traceEndpoint() {
        return firstOf(
                        () -> strict(canonical(PHOENIX_COLLECTOR_ENDPOINT), Endpoints::traces),
                        () ->
                                strict(
                                        tier().get(OTEL_EXPORTER_OTLP_TRACES_ENDPOINT),
                                        Function.identity()),
                        () -> strict(tier().get(OTEL_EXPORTER_OTLP_ENDPOINT), Endpoints::traces),
                        () -> strict(tier().get(PHOENIX_ENDPOINT), Endpoints::traces))
                .orElseGet(
                        () -> new Sourced<>(Endpoints.traces(DEFAULT), new Provenance.Default()));
    }

    Optional<Sourced<Integer>> grpcPort() {
        return tier().get(PHOENIX_GRPC_PORT).flatMap(HostAndPort::port);
    }

    /** Only OpenTelemetry has a variable for it, and so only the process can say it. */
    Optional<String> exportProtocol() {
        return process.get(OTEL_EXPORTER_OTLP_TRACES_PROTOCOL)
                .or(() -> process.get(OTEL_EXPORTER_OTLP_PROTOCOL))
                .map(Sourced::value);
    }

    private Tier tier() {
        return process.claims(Variable.LOCATION) ? process : file;
    }

    private Optional<Sourced<String>> canonical(Variable variable) {
        return process.get(variable).or(() -> file.get(variable));
    }

    private Optional<Sourced<String>> baseUrl() {
        return process.get(PHOENIX_BASE_URL).or(() -> tier().get(PHOENIX_BASE_URL));
    }

    @SafeVarargs
    private static Optional<Sourced<URI>> firstOf(Supplier<Optional<Sourced<URI>>>... candidates) {
        return Stream.of(candidates).flatMap(candidate -> candidate.get().stream()).findFirst();
    }

    /** An unusable API base is passed over: the next variable may be better. */
    private static Optional<Sourced<URI>> lenient(
            Optional<Sourced<String>> text, Function<URI, URI> shape) {
        return text.flatMap(
                found -> {
                    Optional<Sourced<URI>> url = url(found, shape);
                    if (url.isEmpty()) {
                        Notices.warn(
                                found.source() + " is ignored: it is not an http or https URL");
                    }
                    return url;
                });
    }

    /** Spans must not go astray because of a typing error; only a file's is passed over. */
    private static Optional<Sourced<URI>> strict(
            Optional<Sourced<String>> text, Function<URI, URI> shape) {
        if (text.isPresent() && !text.get().isFromFile() && url(text.get(), shape).isEmpty()) {
            throw new PhoenixConfigException(
                    text.get().source()
                            + " must be an http or https URL, for example http://localhost:6006");
        }
        return lenient(text, shape);
    }

    private static Optional<Sourced<URI>> url(Sourced<String> text, Function<URI, URI> shape) {
        return Endpoints.url(text.value())
                .map(url -> new Sourced<>(shape.apply(url), text.source()));
    }
}
