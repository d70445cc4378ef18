package dev.phoenix.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import org.jspecify.annotations.Nullable;

/** Tracers that look up {@link PhoenixGlobal#current} whenever a span starts. */
final class SwitchingTracerProvider implements TracerProvider {

    @Override
    public Tracer get(String name) {
        return new SwitchingTracer(new Scope(name, null, null));
    }

    @Override
    public Tracer get(String name, String version) {
        return new SwitchingTracer(new Scope(name, version, null));
    }

    @Override
    public TracerBuilder tracerBuilder(String name) {
        return new SwitchingTracerBuilder(name);
    }

    private record Scope(String name, @Nullable String version, @Nullable String schemaUrl) {

        Tracer in(OpenTelemetry openTelemetry) {
            TracerBuilder builder = openTelemetry.tracerBuilder(name);
            if (version != null) {
                builder.setInstrumentationVersion(version);
            }
            if (schemaUrl != null) {
                builder.setSchemaUrl(schemaUrl);
            }
            return builder.build();
        }
    }

    private record Resolved(OpenTelemetry from, Tracer tracer) {}

    private static final class SwitchingTracer implements Tracer {

        private final Scope scope;
        private volatile @Nullable Resolved resolved;

        SwitchingTracer(Scope scope) {
            this.scope = scope;
        }

        @Override
        public SpanBuilder spanBuilder(String spanName) {
            return tracer().spanBuilder(spanName);
        }

        @Override
        public boolean isEnabled() {
            return tracer().isEnabled();
        }

        private Tracer tracer() {
            OpenTelemetry current = PhoenixGlobal.current();
            Resolved last = resolved;
            if (last == null || last.from != current) {
                last = new Resolved(current, scope.in(current));
                resolved = last;
            }
            return last.tracer;
        }
    }

    private static final class SwitchingTracerBuilder implements TracerBuilder {

        private final String name;
        private @Nullable String version;
        private @Nullable String schemaUrl;

        SwitchingTracerBuilder(String name) {
            this.name = name;
        }

        @Override
        public TracerBuilder setSchemaUrl(String url) {
            schemaUrl = url;
            return this;
        }

        @Override
        public TracerBuilder setInstrumentationVersion(String instrumentationVersion) {
            version = instrumentationVersion;
            return this;
        }

        @Override
        public Tracer build() {
            return new SwitchingTracer(new Scope(name, version, schemaUrl));
        }
    }
}
