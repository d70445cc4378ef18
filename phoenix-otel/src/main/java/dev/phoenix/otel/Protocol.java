package dev.phoenix.otel;

/** How spans travel to the server. */
public enum Protocol {
    /** OTLP as protobuf over HTTP, to one URL; port 6006 of a Phoenix server. */
    HTTP_PROTOBUF("http/protobuf"),
    /**
     * OTLP over gRPC; port 4317 of a Phoenix server. Needs {@code
     * io.opentelemetry:opentelemetry-exporter-sender-okhttp} on the class path.
     */
    GRPC("grpc");

    private final String text;

    Protocol(String text) {
        this.text = text;
    }

    /**
     * The protocol of that name, as in {@code OTEL_EXPORTER_OTLP_PROTOCOL}.
     *
     * @throws IllegalArgumentException for any text but {@code http/protobuf} and {@code grpc}
     */
    public static Protocol of(String text) {
        for (Protocol protocol : values()) {
            if (protocol.text.equals(text)) {
                return protocol;
            }
        }
        String hint = text.contains("http") ? "; did you mean http/protobuf?" : "";
        throw new IllegalArgumentException(
                "protocol must be http/protobuf or grpc, was " + text + hint);
    }

    @Override
    public String toString() {
        return text;
    }
}
