package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestServer;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** The ways a request can take, for tests in which it must not matter. */
enum Transport {
    PROTOBUF {
        @Override
        ExportTracePartialSuccess send(TestServer server, ExportTraceServiceRequest request) {
            byte[] answer = post(server, "application/x-protobuf", request.toByteArray());
            try {
                return ExportTraceServiceResponse.parseFrom(answer).getPartialSuccess();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    JSON {
        @Override
        ExportTracePartialSuccess send(TestServer server, ExportTraceServiceRequest request) {
            byte[] answer = post(server, "application/json", json(request));
            var partial = JsonMapper.shared().readTree(answer).path("partialSuccess");
            return ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(partial.path("rejectedSpans").asLong(0))
                    .setErrorMessage(partial.path("errorMessage").asString(""))
                    .build();
        }
    },
    GRPC {
        @Override
        ExportTracePartialSuccess send(TestServer server, ExportTraceServiceRequest request) {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("localhost", server.grpcPort())
                            .usePlaintext()
                            .build();
            try {
                return TraceServiceGrpc.newBlockingStub(channel)
                        .export(request)
                        .getPartialSuccess();
            } finally {
                channel.shutdownNow();
            }
        }
    };

    abstract ExportTracePartialSuccess send(TestServer server, ExportTraceServiceRequest request);

    private static byte[] post(TestServer server, String contentType, byte[] body) {
        var answer =
                server.send(
                        server.request("/v1/traces")
                                .header("Content-Type", contentType)
                                .POST(BodyPublishers.ofByteArray(body)),
                        BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return answer.body();
    }

    private static byte[] json(ExportTraceServiceRequest request) {
        Map<String, Object> body =
                Map.of("resourceSpans", map(request.getResourceSpansList(), Transport::resource));
        return WRITER.writeValueAsBytes(body);
    }

    /** Hostile values are nested deeper than a mapper writes by itself. */
    private static final JsonMapper WRITER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamWriteConstraints(
                                            StreamWriteConstraints.builder()
                                                    .maxNestingDepth(10_000)
                                                    .build())
                                    .build())
                    .build();

    private static Map<String, Object> resource(ResourceSpans spans) {
        return Map.of(
                "resource",
                Map.of("attributes", map(spans.getResource().getAttributesList(), Transport::pair)),
                "scopeSpans",
                map(spans.getScopeSpansList(), Transport::scope));
    }

    private static Map<String, Object> scope(ScopeSpans spans) {
        return Map.of("spans", map(spans.getSpansList(), Transport::span));
    }

    private static Map<String, Object> span(Span span) {
        return Map.of(
                "traceId", Spans.hex(span.getTraceId()),
                "spanId", Spans.hex(span.getSpanId()),
                "parentSpanId", Spans.hex(span.getParentSpanId()),
                "name", span.getName(),
                "startTimeUnixNano", Long.toUnsignedString(span.getStartTimeUnixNano()),
                "endTimeUnixNano", Long.toUnsignedString(span.getEndTimeUnixNano()),
                "attributes", map(span.getAttributesList(), Transport::pair),
                "status",
                        Map.of(
                                "code", span.getStatus().getCodeValue(),
                                "message", span.getStatus().getMessage()));
    }

    private static Map<String, Object> pair(KeyValue pair) {
        return Map.of("key", pair.getKey(), "value", value(pair.getValue()));
    }

    private static Map<String, Object> value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> Map.of("stringValue", value.getStringValue());
            case BOOL_VALUE -> Map.of("boolValue", value.getBoolValue());
            case INT_VALUE -> Map.of("intValue", Long.toString(value.getIntValue()));
            case DOUBLE_VALUE -> Map.of("doubleValue", Double.toString(value.getDoubleValue()));
            case ARRAY_VALUE ->
                    Map.of(
                            "arrayValue",
                            Map.of(
                                    "values",
                                    map(value.getArrayValue().getValuesList(), Transport::value)));
            case KVLIST_VALUE ->
                    Map.of(
                            "kvlistValue",
                            Map.of(
                                    "values",
                                    map(value.getKvlistValue().getValuesList(), Transport::pair)));
            case VALUE_NOT_SET -> Map.of();
            default -> throw new IllegalArgumentException(value.getValueCase().name());
        };
    }

    private static <T> List<Map<String, Object>> map(
            List<T> list, Function<T, Map<String, Object>> element) {
        return list.stream().map(element).toList();
    }
}
