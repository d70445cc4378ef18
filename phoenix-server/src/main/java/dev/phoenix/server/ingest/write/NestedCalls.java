package dev.phoenix.server.ingest.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which spans of a trace report tokens that spans below them report as well: the same call once
 * more, or the sum of several. Tokens that differ are a call of their own.
 */
final class NestedCalls {

    private final Map<String, RevisedSpan> spans = new HashMap<>();
    private final Map<String, List<RevisedSpan>> nearest = new HashMap<>();

    private NestedCalls(List<RevisedSpan> trace) {
        trace.forEach(span -> spans.put(span.stored().spanId(), span));
        for (RevisedSpan span : trace) {
            if (span.isCall()) {
                RevisedSpan above = nearestAbove(span);
                if (above != null) {
                    nearest.computeIfAbsent(above.stored().spanId(), any -> new ArrayList<>())
                            .add(span);
                }
            }
        }
    }

    /** For the spans that repeat others below them, the first of those; both by span id. */
    static Map<String, String> repeating(List<RevisedSpan> trace) {
        NestedCalls calls = new NestedCalls(trace);
        Map<String, String> repeating = new HashMap<>();
        calls.nearest.forEach(
                (id, below) -> {
                    RevisedSpan above = Objects.requireNonNull(calls.spans.get(id));
                    List<RevisedSpan> distinct = distinct(below);
                    if (repeats(above, distinct) && !calls.isInCircle(above)) {
                        repeating.put(id, distinct.getFirst().stored().spanId());
                    }
                });
        return repeating;
    }

    private @Nullable RevisedSpan nearestAbove(RevisedSpan call) {
        Set<String> seen = new HashSet<>(Set.of(call.stored().spanId()));
        RevisedSpan at = parent(call);
        while (at != null && seen.add(at.stored().spanId())) {
            if (at.isCall()) {
                return at;
            }
            at = parent(at);
        }
        return null;
    }

    private @Nullable RevisedSpan parent(RevisedSpan span) {
        String parent = span.stored().parentSpanId();
        return parent == null ? null : spans.get(parent);
    }

    /** Everybody in a circle is below everybody else, so nobody is the one to leave out. */
    private boolean isInCircle(RevisedSpan span) {
        Set<String> seen = new HashSet<>();
        RevisedSpan at = parent(span);
        while (at != null && seen.add(at.stored().spanId())) {
            if (at.equals(span)) {
                return true;
            }
            at = parent(at);
        }
        return false;
    }

    /** In the order of time, each response once. */
    private static List<RevisedSpan> distinct(List<RevisedSpan> calls) {
        Set<Long> responses = new HashSet<>();
        return calls.stream()
                .sorted(
                        Comparator.comparingLong((RevisedSpan span) -> span.stored().startNs())
                                .thenComparing(span -> span.stored().spanId()))
                .filter(span -> span.callHash() == null || responses.add(span.callHash()))
                .toList();
    }

    private static boolean repeats(RevisedSpan above, List<RevisedSpan> below) {
        if (above.callHash() != null
                && below.stream().anyMatch(span -> above.callHash().equals(span.callHash()))) {
            return true;
        }
        Sums sum =
                below.stream()
                        .map(span -> span.stored().own().tokens())
                        .reduce(Sums.NONE, Sums::plus);
        return sum.equals(above.stored().own().tokens())
                && (below.size() > 1 || above.mayUseTheModelOf(below.getFirst()));
    }
}
