package dev.phoenix.server.ops;

import dev.phoenix.server.settings.ObservabilitySettings;
import dev.phoenix.server.settings.Version;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * What the server tells a collector of its own work. Without a collector its spans cost next to
 * nothing and nothing of the SDK is started.
 */
@Component
class OwnTraces implements DisposableBean {

    private static final String NAME = "phoenix-server";
    private static final String PATH = "/v1/traces";
    private static final Attributes RESOURCE =
            Attributes.of(
                    AttributeKey.stringKey("service.name"), NAME,
                    AttributeKey.stringKey("service.version"), Version.current().own(),
                    AttributeKey.stringKey("openinference.project.name"), NAME);
    private static final int LAST_EXPORT_SECONDS = 2;

    private final @Nullable SdkTracerProvider provider;

    OwnTraces(ObservabilitySettings settings) {
        List<SpanExporter> exporters =
                Stream.of(
                                settings.httpCollector().map(OwnTraces::overHttp),
                                settings.grpcCollector().map(OwnTraces::overGrpc))
                        .flatMap(Optional::stream)
                        .toList();
        provider = exporters.isEmpty() ? null : provider(exporters);
    }

    Tracer tracer() {
        return (provider == null ? TracerProvider.noop() : provider).get(NAME);
    }

    private static SdkTracerProvider provider(List<SpanExporter> exporters) {
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(RESOURCE)))
                .addSpanProcessor(
                        BatchSpanProcessor.builder(SpanExporter.composite(exporters)).build())
                .build();
    }

    private static SpanExporter overHttp(URI collector) {
        String url = collector.toString().replaceFirst("/+$", "");
        return OtlpHttpSpanExporter.builder()
                .setEndpoint(url.endsWith(PATH) ? url : url + PATH)
                .build();
    }

    private static SpanExporter overGrpc(URI collector) {
        return OtlpGrpcSpanExporter.builder().setEndpoint(collector.toString()).build();
    }

    @Override
    public void destroy() {
        if (provider != null) {
            provider.shutdown().join(LAST_EXPORT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
