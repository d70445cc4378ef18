package dev.phoenix.server.ingest.write;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a loop with tools in which each call reports all tokens so far, as Spring AI 1 does: its
 * model calls itself again after each tool and adds up. The last call then counts for all.
 *
 * <p>Numbers alone cannot tell this from calls that report themselves, whose conversation grows as
 * well. So there must be a tool of Spring AI 1 between two calls, beside them; and since every call
 * sends what the one before it sent, the total must grow by that at least.
 */
final class RunningTotals {

    /** By the id of the span above. */
    private final Map<String, List<RevisedSpan>> calls = new HashMap<>();

    private final Map<String, List<RevisedSpan>> tools = new HashMap<>();

    /** For each call that a later one counts, the id of that. */
    private final Map<String, String> counted = new HashMap<>();

    private RunningTotals(List<RevisedSpan> trace, Set<Long> toolsOfLoops) {
        for (RevisedSpan span : trace) {
            @Nullable String parent = span.stored().parentSpanId();
            if (parent == null) {
                continue;
            }
            if (span.stored().llm()) {
                calls.computeIfAbsent(parent, any -> new ArrayList<>()).add(span);
            } else if (toolsOfLoops.contains(span.stored().key())) {
                tools.computeIfAbsent(parent, any -> new ArrayList<>()).add(span);
            }
        }
    }

    /** For each call that a later one counts, the id of that. */
    static Map<String, String> counted(List<RevisedSpan> trace, Set<Long> toolsOfLoops) {
        if (toolsOfLoops.isEmpty()) {
            return Map.of();
        }
        RunningTotals totals = new RunningTotals(trace, toolsOfLoops);
        totals.tools.forEach(
                (parent, tools) ->
                        totals.follow(totals.calls.getOrDefault(parent, List.of()), tools));
        return totals.counted;
    }

    private void follow(List<RevisedSpan> calls, List<RevisedSpan> tools) {
        List<RevisedSpan> inTime = new ArrayList<>(calls);
        inTime.sort(
                Comparator.comparingLong((RevisedSpan span) -> span.stored().startNs())
                        .thenComparing(span -> span.stored().spanId()));
        List<RevisedSpan> loop = new ArrayList<>();
        for (RevisedSpan call : inTime) {
            if (!loop.isEmpty() && !isNext(loop, call, tools)) {
                close(loop);
            }
            loop.add(call);
        }
        close(loop);
    }

    private void close(List<RevisedSpan> loop) {
        for (int i = 0; i < loop.size() - 1; i++) {
            counted.put(loop.get(i).stored().spanId(), loop.getLast().stored().spanId());
        }
        loop.clear();
    }

    private static boolean isNext(
            List<RevisedSpan> loop, RevisedSpan call, List<RevisedSpan> tools) {
        RevisedSpan last = loop.getLast();
        Sums total = last.stored().own();
        long before = loop.size() < 2 ? 0 : loop.get(loop.size() - 2).stored().own().promptTokens();
        long promptOfLast = total.promptTokens() - before;
        return call.stored().own().promptTokens() >= total.promptTokens() + promptOfLast
                && call.stored().own().completionTokens() >= total.completionTokens()
                && last.mayUseTheModelOf(call)
                && tools.stream().anyMatch(tool -> isBetween(last, tool, call));
    }

    private static boolean isBetween(RevisedSpan last, RevisedSpan tool, RevisedSpan call) {
        return tool.stored().startNs() >= last.endNs()
                && tool.stored().startNs() <= call.stored().startNs();
    }
}
