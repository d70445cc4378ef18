package dev.phoenix.otel;

import dev.phoenix.core.config.PhoenixConfig;
import dev.phoenix.core.openinference.OpenInference;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends an application's traces to Phoenix.
 *
 * <pre>{@code
 * try (PhoenixOtel otel = PhoenixOtel.register()) {
 *     OiTracer tracer = otel.tracer("my.app");
 *     tracer.chain("answer").input(question).call(() -> assistant.chat(question));
 * }
 * }</pre>
 *
 * <p>Where the server is, the project and the credentials come from {@link PhoenixConfig}: {@code
 * PHOENIX_COLLECTOR_ENDPOINT}, {@code PHOENIX_PROJECT}, {@code PHOENIX_API_KEY} and their like, or
 * from the {@link Builder}. Without any of them spans go to {@code http://localhost:6006/v1/traces}
 * over HTTP.
 *
 * <p>An application that ends without {@link #close} still sends what it has, by a shutdown hook.
 */
public final class PhoenixOtel implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger("phoenix.otel");
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    /** Long conversations have thousands of attributes; OpenTelemetry keeps 128 unless told. */
    private static final int MAX_ATTRIBUTES = 10_000;

    private final PhoenixTracerProvider provider;
    private final OpenTelemetrySdk openTelemetry;
    private final TraceConfig traceConfig;
    private final Optional<PhoenixGlobal.Mount> mount;
    private final Thread shutdownHook = new Thread(this::shutDown, "phoenix-otel-shutdown");

    private PhoenixOtel(PhoenixTracerProvider provider, TraceConfig traceConfig, boolean global) {
        this.provider = provider;
        this.traceConfig = traceConfig;
        openTelemetry =
                OpenTelemetrySdk.builder()
                        .setTracerProvider(provider.sdk())
                        .setPropagators(
                                ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                        .build();
        mount = global ? Optional.of(PhoenixGlobal.attach(openTelemetry)) : Optional.empty();
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Registers with the defaults and what the environment says. */
    public static PhoenixOtel register() {
        return builder().register();
    }

    /** A stand-in that records and sends nothing, for when tracing is switched off. */
    public static PhoenixOtel disabled() {
        SdkTracerProviderBuilder silent =
                SdkTracerProvider.builder().setSampler(Sampler.alwaysOff());
        return new PhoenixOtel(
                new PhoenixTracerProvider(silent, null), TraceConfig.builder().build(), false);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A tracer for OpenInference spans.
     *
     * @param instrumentationName who writes the spans: the name of a library or package
     */
    public OiTracer tracer(String instrumentationName) {
        return OiTracer.of(provider.get(instrumentationName), traceConfig);
    }

    public PhoenixTracerProvider tracerProvider() {
        return provider;
    }

    /** For libraries that take an OpenTelemetry. */
    public OpenTelemetry openTelemetry() {
        return openTelemetry;
    }

    /**
     * Sends what is waiting.
     *
     * @return whether all of it arrived in time
     */
    public boolean flush(Duration timeout) {
        return provider.forceFlush().join(timeout.toMillis(), TimeUnit.MILLISECONDS).isSuccess();
    }

    /** Stops being global, sends what is waiting for up to 10 seconds, and ends. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The process is ending and the hook is running or has run.
        }
        shutDown();
    }

    private void shutDown() {
        mount.ifPresent(PhoenixGlobal.Mount::close);
        provider.shutdown().join(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is not set comes from {@link PhoenixConfig}. */
    public static final class Builder {

        private final List<SpanProcessor> processors = new ArrayList<>();
        private PhoenixConfig.Builder config = PhoenixConfig.builder();
        private @Nullable String endpoint;
        private @Nullable Protocol protocol;
        private @Nullable String projectName;
        private @Nullable String apiKey;
        private @Nullable Map<String, String> headers;
        private @Nullable SpanLimits spanLimits;
        private @Nullable IdGenerator idGenerator;
        private @Nullable TraceConfig traceConfig;
        private Resource resource = Resource.empty();
        private Sampler sampler = Sampler.parentBased(Sampler.alwaysOn());
        private boolean batch = true;
        private boolean global = true;
        private boolean verbose = true;
        private boolean replaceDefaultProcessor = true;

        private Builder() {}

        /**
         * Where spans go, used as it is: a URL that ends with {@code /v1/traces} for HTTP, {@code
         * host:4317} for gRPC. To the bare URL of a server {@code /v1/traces} is added.
         */
        public Builder endpoint(String url) {
            endpoint = url;
            return this;
        }

        /** HTTP unless set, or unless the endpoint's port is the gRPC port. */
        public Builder protocol(Protocol chosen) {
            protocol = chosen;
            return this;
        }

        /** The project that the traces belong to; created by the server if it does not exist. */
        public Builder projectName(String name) {
            projectName = name;
            return this;
        }

        /** Sent as {@code Authorization: Bearer …}. */
        public Builder apiKey(String key) {
            apiKey = key;
            return this;
        }

        /** Sent instead of the headers of the environment; names in any case. */
        public Builder headers(Map<String, String> namesAndValues) {
            headers = Map.copyOf(namesAndValues);
            return this;
        }

        /** Whether spans are collected and sent in the background, or one by one as they end. */
        public Builder batch(boolean collected) {
            batch = collected;
            return this;
        }

        /** Whether tracers of {@code GlobalOpenTelemetry} write to Phoenix too. */
        public Builder global(boolean attached) {
            global = attached;
            return this;
        }

        /** Whether to log at start where spans go. */
        public Builder verbose(boolean told) {
            verbose = told;
            return this;
        }

        /** Added to what OpenTelemetry knows about the process; the project name is set last. */
        public Builder resource(Resource attributes) {
            resource = attributes;
            return this;
        }

        public Builder sampler(Sampler chosen) {
            sampler = chosen;
            return this;
        }

        public Builder idGenerator(IdGenerator generator) {
            idGenerator = generator;
            return this;
        }

        /** OpenTelemetry's limits unless set, but with up to 10,000 attributes. */
        public Builder spanLimits(SpanLimits limits) {
            spanLimits = limits;
            return this;
        }

        /** Adds a processor, instead of the one that sends to Phoenix unless told otherwise. */
        public Builder addSpanProcessor(SpanProcessor processor) {
            processors.add(processor);
            return this;
        }

        /** Whether processors added here replace the one that sends to Phoenix. */
        public Builder replaceDefaultProcessor(boolean replaced) {
            replaceDefaultProcessor = replaced;
            return this;
        }

        /** What is kept out of spans; by default what the {@code OPENINFERENCE_} variables say. */
        public Builder traceConfig(TraceConfig masking) {
            traceConfig = masking;
            return this;
        }

        /** Where settings come from that are not set here, instead of this process. */
        public Builder config(PhoenixConfig.Builder source) {
            config = source;
            return this;
        }

        /**
         * Starts tracing.
         *
         * @throws dev.phoenix.core.config.PhoenixConfigException if a setting cannot be used
         * @throws IllegalArgumentException if the endpoint cannot be used
         */
        public PhoenixOtel register() {
            PhoenixConfig settings = settings();
            ExportTarget target =
                    ExportTarget.of(
                            Optional.ofNullable(endpoint), Optional.ofNullable(protocol), settings);
            Map<String, String> exportHeaders = settings.exportHeaders();
            boolean defaultProcessor = processors.isEmpty() || !replaceDefaultProcessor;
            PhoenixTracerProvider provider =
                    new PhoenixTracerProvider(
                            sdk(settings.projectName()),
                            defaultProcessor ? processor(target, exportHeaders) : null);
            processors.forEach(
                    processor -> provider.addSpanProcessor(processor, replaceDefaultProcessor));
            TraceConfig masking = traceConfig != null ? traceConfig : TraceConfig.builder().build();
            PhoenixOtel otel = new PhoenixOtel(provider, masking, global);
            if (verbose) {
                tell(settings, target, exportHeaders, defaultProcessor);
            }
            return otel;
        }

        private PhoenixConfig settings() {
            if (projectName != null) {
                config.projectName(projectName);
            }
            if (apiKey != null) {
                config.apiKey(apiKey);
            }
            if (headers != null) {
                config.headers(headers);
            }
            return config.build();
        }

        private SdkTracerProviderBuilder sdk(String project) {
            Resource ours = Resource.builder().put(OpenInference.PROJECT_NAME, project).build();
            SpanLimits limits =
                    spanLimits != null
                            ? spanLimits
                            : SpanLimits.builder().setMaxNumberOfAttributes(MAX_ATTRIBUTES).build();
            SdkTracerProviderBuilder builder =
                    SdkTracerProvider.builder()
                            .setResource(Resource.getDefault().merge(resource).merge(ours))
                            .setSpanLimits(limits)
                            .setSampler(new SuppressibleSampler(sampler));
            return idGenerator == null ? builder : builder.setIdGenerator(idGenerator);
        }

        private SpanProcessor processor(ExportTarget target, Map<String, String> headers) {
            SpanExporter exporter = PhoenixSpanExporters.create(target, headers);
            return batch
                    ? BatchSpanProcessor.builder(exporter).build()
                    : SimpleSpanProcessor.create(exporter);
        }

        private void tell(
                PhoenixConfig settings,
                ExportTarget target,
                Map<String, String> exportHeaders,
                boolean defaultProcessor) {
            List<String> kinds = new ArrayList<>();
            if (defaultProcessor) {
                kinds.add(batch ? "batch" : "simple");
            }
            if (!processors.isEmpty()) {
                kinds.add(processors.size() + " of the application");
            }
            Banner banner =
                    new Banner(
                            settings.projectName(),
                            target.endpoint(),
                            target.protocol().toString(),
                            String.join(" and ", kinds),
                            exportHeaders,
                            global && PhoenixGlobal.isInstalled());
            LOGGER.log(System.Logger.Level.INFO, banner.toString());
            if (defaultProcessor && !batch) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "every span is sent on the thread that ends it; use batch(true) in"
                                + " production");
            }
        }
    }
}
