package dev.phoenix.benchmarks.load;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.stream.Stream;

/** What an SDK puts around the spans of one application. */
final class Sdk {

    private static final InstrumentationScope SCOPE =
            InstrumentationScope.newBuilder().setName("phoenix.benchmarks").build();

    private final Resource resource;

    Sdk(String project) {
        resource =
                Resource.newBuilder()
                        .addAttributes(text("service.name", "support"))
                        .addAttributes(text("openinference.project.name", project))
                        .build();
    }

    byte[] encode(Stream<Span> spans) {
        var scope = ScopeSpans.newBuilder().setScope(SCOPE).addAllSpans(spans::iterator);
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(resource).addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
