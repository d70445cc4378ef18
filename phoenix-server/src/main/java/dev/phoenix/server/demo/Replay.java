package dev.phoenix.server.demo;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes a recording look as if it happened now: other ids, later times, a project of its own. */
final class Replay {

    private static final String PROJECT_ATTRIBUTE = "openinference.project.name";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RandomGenerator random;
    private final Map<ByteString, ByteString> freshIds = new HashMap<>();
    private final long shift;
    private final ExportTraceServiceRequest request;

    private Replay(Recording recording, RandomGenerator random, long shift) {
        this.random = random;
        this.shift = shift;
        ExportTraceServiceRequest.Builder builder = recording.request().toBuilder();
        builder.getResourceSpansBuilderList().forEach(spans -> refresh(spans, recording.project()));
        this.request = builder.build();
    }

    /**
     * A request with one span.
     *
     * @param end when the span ends
     */
    record EndedSpan(Instant end, ExportTraceServiceRequest request) {}

    /**
     * @param end when the last span shall have ended
     */
    static Replay of(Recording recording, Instant end, RandomGenerator random) {
        long endNanos = end.getEpochSecond() * NANOS_PER_SECOND + end.getNano();
        return new Replay(recording, random, endNanos - lastEnd(recording.request()));
    }

    ExportTraceServiceRequest request() {
        return request;
    }

    List<EndedSpan> spansAsTheyEnd() {
        List<EndedSpan> ended = new ArrayList<>();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    ScopeSpans alone = scope.toBuilder().clearSpans().addSpans(span).build();
                    ended.add(
                            new EndedSpan(
                                    Instant.ofEpochSecond(0, span.getEndTimeUnixNano()),
                                    ExportTraceServiceRequest.newBuilder()
                                            .addResourceSpans(
                                                    resource.toBuilder()
                                                            .clearScopeSpans()
                                                            .addScopeSpans(alone))
                                            .build()));
                }
            }
        }
        ended.sort(Comparator.comparing(EndedSpan::end));
        return ended;
    }

    private static long lastEnd(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .mapToLong(Span::getEndTimeUnixNano)
                .max()
                .orElse(0);
    }

    private void refresh(ResourceSpans.Builder spans, String project) {
        inProject(spans.getResourceBuilder(), project);
        spans.getScopeSpansBuilderList().stream()
                .flatMap(scope -> scope.getSpansBuilderList().stream())
                .forEach(this::refresh);
    }

    private static void inProject(Resource.Builder resource, String project) {
        var others =
                resource.getAttributesList().stream()
                        .filter(attribute -> !attribute.getKey().equals(PROJECT_ATTRIBUTE))
                        .toList();
        KeyValue.Builder attribute = KeyValue.newBuilder().setKey(PROJECT_ATTRIBUTE);
        attribute.getValueBuilder().setStringValue(project);
        resource.clearAttributes().addAllAttributes(others).addAttributes(attribute);
    }

    private void refresh(Span.Builder span) {
        span.setTraceId(fresh(span.getTraceId()))
                .setSpanId(fresh(span.getSpanId()))
                .setParentSpanId(fresh(span.getParentSpanId()))
                .setStartTimeUnixNano(span.getStartTimeUnixNano() + shift)
                .setEndTimeUnixNano(span.getEndTimeUnixNano() + shift);
        span.getEventsBuilderList()
                .forEach(event -> event.setTimeUnixNano(event.getTimeUnixNano() + shift));
        span.getLinksBuilderList()
                .forEach(
                        link ->
                                link.setTraceId(fresh(link.getTraceId()))
                                        .setSpanId(fresh(link.getSpanId())));
    }

    /** The same new id for every mention of an old one; none stays none. */
    private ByteString fresh(ByteString id) {
        return freshIds.computeIfAbsent(
                id,
                old -> {
                    byte[] bytes = new byte[old.size()];
                    random.nextBytes(bytes);
                    return ByteString.copyFrom(bytes);
                });
    }
}
