package dev.phoenix.server.filter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rows in memory, as both engines hold them. */
record Stored(List<Session> sessions, List<Trace> traces, List<Span> spans) {

    record Session(
            long id,
            String sessionId,
            long startNs,
            long endNs,
            long errorTraces,
            long promptTokens,
            long completionTokens,
            List<Annotation> annotations) {}

    record Trace(
            long id,
            String traceId,
            @Nullable Long sessionKey,
            long startNs,
            long endNs,
            long promptTokens,
            long completionTokens,
            double promptCost,
            double completionCost,
            List<Annotation> annotations) {}

    record Span(
            long id,
            long traceKey,
            String spanId,
            @Nullable String parentId,
            String name,
            String kind,
            String status,
            String message,
            long startNs,
            long endNs,
            @Nullable Long promptTokens,
            @Nullable Long completionTokens,
            long cumulativeErrors,
            long cumulativePrompt,
            long cumulativeCompletion,
            JsonNode attributes,
            @Nullable Cost cost,
            List<Annotation> annotations) {}

    record Annotation(
            String name,
            String identifier,
            String annotatorKind,
            @Nullable String label,
            @Nullable Double score,
            @Nullable String explanation) {}

    record Cost(@Nullable Double prompt, @Nullable Double completion, List<Detail> details) {}

    record Detail(String type, boolean prompt, long tokens, @Nullable Double cost) {}

    List<Trace> tracesOf(Session session) {
        return traces.stream()
                .filter(trace -> trace.sessionKey != null && trace.sessionKey == session.id)
                .toList();
    }

    List<Span> spansOf(Trace trace) {
        return spans.stream().filter(span -> span.traceKey == trace.id).toList();
    }

    Trace traceOf(Span span) {
        return traces.stream().filter(trace -> trace.id == span.traceKey).findAny().orElseThrow();
    }

    @Nullable Span parentOf(Span span) {
        return spans.stream()
                .filter(other -> other.spanId.equals(span.parentId))
                .filter(other -> other.traceKey == span.traceKey)
                .findAny()
                .orElse(null);
    }

    boolean isOrphan(Span span) {
        return spans.stream().noneMatch(other -> other.spanId.equals(span.parentId));
    }
}
