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

    /** For the spans that repeat others below them, one of those; both by span id. */
    static Map<String, String> repeating(List<RevisedSpan> trace) {
        NestedCalls calls = new NestedCalls(trace);
        Map<String, String> repeating = new HashMap<>();
        calls.nearest.forEach(
                (id, below) -> {
                    RevisedSpan above = Objects.requireNonNull(calls.spans.get(id));
                    RevisedSpan repeated = repeated(above, inTime(below));
                    if (repeated != null && !calls.isInCircle(above)) {
                        repeating.put(id, repeated.stored().spanId());
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

    private static List<RevisedSpan> inTime(List<RevisedSpan> calls) {
        return calls.stream()
                .sorted(
                        Comparator.comparingLong((RevisedSpan span) -> span.stored().startNs())
                                .thenComparing(span -> span.stored().spanId()))
                .toList();
    }

    /** Each response once. */
    private static List<RevisedSpan> distinct(List<RevisedSpan> calls) {
        Set<Long> responses = new HashSet<>();
        return calls.stream()
                .filter(span -> span.callHash() == null || responses.add(span.callHash()))
                .toList();
    }

    private static @Nullable RevisedSpan repeated(RevisedSpan above, List<RevisedSpan> below) {
        if (above.callHash() != null) {
            List<RevisedSpan> twins =
                    below.stream()
                            .filter(span -> above.callHash().equals(span.callHash()))
                            .toList();
            if (!twins.isEmpty()) {
                // Alone below it they are reports of one call, of which the fullest counts.
                return twins.size() == below.size() && twins.stream().allMatch(above::isFullerThan)
                        ? null
                        : twins.getFirst();
            }
            if (below.stream().allMatch(span -> span.callHash() != null)) {
                // Every answer has a name, and none is that of the one above.
                return null;
            }
        }
        List<RevisedSpan> calls = distinct(below);
        Sums sum =
                calls.stream()
                        .map(span -> span.stored().own().tokens())
                        .reduce(Sums.NONE, Sums::plus);
        if (sum.equals(above.stored().own().tokens())
                && (calls.size() > 1 || above.mayUseTheModelOf(calls.getFirst()))) {
            return calls.getFirst();
        }
        return below.stream().filter(span -> wraps(above, span)).findFirst().orElse(null);
    }

    /** A call right above a call, say one that is tried again and reports its last attempt. */
    private static boolean wraps(RevisedSpan above, RevisedSpan span) {
        return above.stored().llm()
                && span.stored().llm()
                && above.stored().spanId().equals(span.stored().parentSpanId())
                && above.stored().own().tokens().equals(span.stored().own().tokens())
                && (above.callHash() == null || span.callHash() == null)
                && above.mayUseTheModelOf(span);
    }
}
