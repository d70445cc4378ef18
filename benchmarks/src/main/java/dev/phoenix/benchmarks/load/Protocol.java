package dev.phoenix.benchmarks.load;

import java.net.URI;

/** The wire forms exporters use. */
public enum Protocol {
    HTTP("http"),
    HTTP_GZIP("http-gzip"),
    GRPC("grpc");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    public Sender sender(int httpPort, int grpcPort, int connections) {
        URI http = URI.create("http://127.0.0.1:" + httpPort);
        return switch (this) {
            case HTTP -> new HttpSender(http, false);
            case HTTP_GZIP -> new HttpSender(http, true);
            case GRPC -> new GrpcSender(grpcPort, connections);
        };
    }

    /** Over HTTP, by an exporter that has a key. */
    public static Sender withKey(int httpPort, String apiKey) {
        return new HttpSender(URI.create("http://127.0.0.1:" + httpPort), false, apiKey);
    }

    @Override
    public String toString() {
        return label;
    }
}
