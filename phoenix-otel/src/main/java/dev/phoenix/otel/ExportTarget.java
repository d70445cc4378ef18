package dev.phoenix.otel;

import dev.phoenix.core.config.PhoenixConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where spans go and how, worked out from what was said and what was not. */
record ExportTarget(Protocol protocol, String endpoint) {

    static final int DEFAULT_GRPC_PORT = 4317;

    private static final System.Logger LOGGER = System.getLogger("phoenix.otel");
    private static final String TRACES = "/v1/traces";

    static ExportTarget of(
            Optional<String> endpoint, Optional<Protocol> protocol, PhoenixConfig config) {
        return endpoint.isPresent()
                ? explicit(endpoint.get(), protocol, config)
                : configured(protocol, config);
    }

    private static ExportTarget explicit(
            String text, Optional<Protocol> protocol, PhoenixConfig config) {
        URI uri = parse(text);
        if (protocol.isPresent()) {
            return new ExportTarget(protocol.get(), uri.toString());
        }
        String path = uri.getRawPath();
        boolean bare = path.isEmpty() || path.equals("/");
        if (bare && uri.getPort() == grpcPort(config)) {
            return new ExportTarget(Protocol.GRPC, uri.toString());
        }
        if (!path.endsWith(TRACES)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "cannot tell from the endpoint whether to send spans over HTTP or gRPC; using"
                            + " HTTP. Set the protocol, or an endpoint that ends with "
                            + TRACES);
        }
        return new ExportTarget(Protocol.HTTP_PROTOBUF, bare ? withTraces(uri) : uri.toString());
    }

    private static ExportTarget configured(Optional<Protocol> protocol, PhoenixConfig config) {
        URI traces = config.traceEndpoint();
        Protocol chosen = protocol.or(() -> environmentProtocol(config)).orElse(null);
        if (chosen == Protocol.GRPC) {
            return grpc(traces, grpcPort(config));
        }
        boolean speaksGrpc = chosen == null && traces.getPort() == grpcPort(config);
        return speaksGrpc
                ? grpc(traces, traces.getPort())
                : new ExportTarget(Protocol.HTTP_PROTOBUF, traces.toString());
    }

    private static ExportTarget grpc(URI traces, int port) {
        return new ExportTarget(
                Protocol.GRPC, traces.getScheme() + "://" + traces.getHost() + ":" + port);
    }

    private static Optional<Protocol> environmentProtocol(PhoenixConfig config) {
        Optional<String> text = config.exportProtocol();
        try {
            return text.map(Protocol::of);
        } catch (IllegalArgumentException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "OTEL_EXPORTER_OTLP_PROTOCOL is ignored: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static int grpcPort(PhoenixConfig config) {
        return config.grpcPort().orElse(DEFAULT_GRPC_PORT);
    }

    /** A server on its own takes no spans at its root. */
    private static String withTraces(URI uri) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return uri.getScheme() + "://" + uri.getRawAuthority() + TRACES + query;
    }

    /** Accepts {@code host:port}, as gRPC does. */
    private static URI parse(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getRawAuthority() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Reported below, like any other text that is no URL.
        }
        throw new IllegalArgumentException(
                "endpoint must be an http or https URL or host:port, was " + text);
    }
}
