package dev.phoenix.otel;

import dev.phoenix.core.config.PhoenixConfig;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Exporters to Phoenix for applications that build their own tracer provider. */
public final class PhoenixSpanExporters {

    private PhoenixSpanExporters() {}

    /** Sends over HTTP to {@link PhoenixConfig#traceEndpoint} with its export headers. */
    public static SpanExporter http(PhoenixConfig config) {
        return create(
                ExportTarget.of(Optional.empty(), Optional.of(Protocol.HTTP_PROTOBUF), config),
                config.exportHeaders());
    }

    /**
     * Sends over gRPC to the host of {@link PhoenixConfig#traceEndpoint} with its export headers.
     *
     * @throws IllegalStateException if no gRPC sender is on the class path
     */
    public static SpanExporter grpc(PhoenixConfig config) {
        return create(
                ExportTarget.of(Optional.empty(), Optional.of(Protocol.GRPC), config),
                config.exportHeaders());
    }

    static SpanExporter create(ExportTarget target, Map<String, String> headers) {
        return switch (target.protocol()) {
            case HTTP_PROTOBUF ->
                    OtlpHttpSpanExporter.builder()
                            .setEndpoint(target.endpoint())
                            .setCompression("gzip")
                            .setHeaders(() -> headers)
                            .setComponentLoader(new OneHttpSender())
                            .build();
            case GRPC -> grpc(target, headers);
        };
    }

    private static SpanExporter grpc(ExportTarget target, Map<String, String> headers) {
        try {
            return OtlpGrpcSpanExporter.builder()
                    .setEndpoint(target.endpoint())
                    .setCompression("gzip")
                    .setHeaders(() -> headers)
                    .build();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "sending spans over gRPC needs"
                            + " io.opentelemetry:opentelemetry-exporter-sender-okhttp on the class"
                            + " path; add it, or use http/protobuf",
                    e);
        }
    }

    /** Applications often have a second HTTP sender from elsewhere, which would be warned about. */
    private static final class OneHttpSender implements ComponentLoader {

        private final ComponentLoader all =
                ComponentLoader.forClassLoader(PhoenixSpanExporters.class.getClassLoader());

        @Override
        public <T> Iterable<T> load(Class<T> type) {
            Iterable<T> found = all.load(type);
            Iterator<T> first = found.iterator();
            return type == HttpSenderProvider.class && first.hasNext()
                    ? List.of(first.next())
                    : found;
        }
    }
}
