package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.write.SqlText.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which spans of some traces count, and which repeat others. The answer follows from the
 * spans alone, whatever was decided before and in whatever order they came.
 */
final class SharedCalls {

    private final Map<Long, Role> roles = new HashMap<>();
    private final Map<Call, List<RevisedSpan>> reports = new HashMap<>();

    /**
     * @param repeated the id of the span that is repeated
     * @param shared whether another span reports the same call
     */
    record Role(Repetition repetition, @Nullable String repeated, boolean shared) {

        static final Role ALONE = new Role(Repetition.NONE, null, false);
        static final Role WATCHED = new Role(Repetition.NONE, null, true);
    }

    /**
     * @param calls to be decided
     */
    private SharedCalls(Collection<RevisedTrace> traces, Set<Call> calls) {
        for (RevisedTrace trace : traces) {
            Map<String, String> nested = NestedCalls.repeating(trace.spans());
            Map<String, String> totals = RunningTotals.counted(trace.spans(), trace.loopTools());
            for (RevisedSpan span : trace.spans()) {
                String id = span.stored().spanId();
                Call call = callOf(span);
                if (nested.containsKey(id)) {
                    put(span, new Role(Repetition.OF_SPANS_BELOW, nested.get(id), true));
                } else if (totals.containsKey(id) && !nested.containsKey(totals.get(id))) {
                    put(span, new Role(Repetition.OF_RUNNING_TOTAL, totals.get(id), true));
                } else if (trace.loopTools().contains(span.stored().key())) {
                    // Calls that come later may be of its loop.
                    put(span, Role.WATCHED);
                } else if (call != null && calls.contains(call)) {
                    report(call, span);
                } else if (trace.isAsked() || call == null || span.repetition().isOfTree()) {
                    put(span, Role.ALONE);
                }
            }
        }
    }

    /**
     * The role of each span by its key; spans that are not there keep theirs.
     *
     * @param elsewhere reports of the calls by spans of other traces
     * @param overused those of the calls that more spans report than can be true
     */
    static Map<Long, Role> of(
            Collection<RevisedTrace> traces,
            Set<Call> calls,
            List<RevisedSpan> elsewhere,
            Set<Call> overused) {
        SharedCalls shared = new SharedCalls(traces, calls);
        for (RevisedSpan span : elsewhere) {
            Call call = callOf(span);
            if (call != null && !span.repetition().isOfTree()) {
                shared.report(call, span);
            }
        }
        shared.reports.forEach(
                (call, reports) -> {
                    if (overused.contains(call)) {
                        reports.forEach(span -> shared.put(span, Role.ALONE));
                    } else {
                        shared.decide(reports);
                    }
                });
        return shared.roles;
    }

    static @Nullable Call callOf(RevisedSpan span) {
        return span.callHash() == null || !span.isCall()
                ? null
                : new Call(span.callHash(), span.projectKey());
    }

    private void report(Call call, RevisedSpan span) {
        reports.computeIfAbsent(call, any -> new ArrayList<>()).add(span);
    }

    private void put(RevisedSpan span, Role role) {
        roles.put(span.stored().key(), role);
    }

    private void decide(List<RevisedSpan> reports) {
        List<RevisedSpan> left = new ArrayList<>(reports);
        left.sort(RevisedSpan.BEST_FIRST);
        while (!left.isEmpty()) {
            decideOne(takeOneCall(left));
        }
    }

    /** The first report, those that may be of its call, those that may be of theirs, and so on. */
    private static List<RevisedSpan> takeOneCall(List<RevisedSpan> left) {
        Set<RevisedSpan> call = new HashSet<>(Set.of(left.getFirst()));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (RevisedSpan span : left) {
                grown |=
                        !call.contains(span)
                                && call.stream().anyMatch(span::mayReportTheCallOf)
                                && call.add(span);
            }
        }
        List<RevisedSpan> taken = left.stream().filter(call::contains).toList();
        left.removeAll(call);
        return taken;
    }

    private void decideOne(List<RevisedSpan> call) {
        for (int i = 0; i < call.size(); i++) {
            put(call.get(i), role(call.get(i), call.subList(0, i), call.size() > 1));
        }
    }

    private static Role role(RevisedSpan span, List<RevisedSpan> better, boolean shared) {
        if (better.isEmpty()) {
            return new Role(Repetition.NONE, null, shared);
        }
        for (RevisedSpan other : better) {
            if (other.stored().traceKey() == span.stored().traceKey()) {
                return new Role(Repetition.IN_TRACE, other.stored().spanId(), true);
            }
        }
        for (RevisedSpan other : better) {
            if (span.sessionKey() != null && span.sessionKey().equals(other.sessionKey())) {
                return new Role(Repetition.IN_SESSION, other.stored().spanId(), true);
            }
        }
        return new Role(Repetition.IN_PROJECT, better.getFirst().stored().spanId(), true);
    }
}
