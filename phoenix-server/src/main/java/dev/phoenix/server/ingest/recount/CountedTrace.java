package dev.phoenix.server.ingest.recount;

import dev.phoenix.server.ingest.ModelNames;
import dev.phoenix.server.ingest.recount.CountedSpan.Total;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The spans of one trace, added up by walking from each span to its root. */
final class CountedTrace {

    private static final int COUNTS_IN_SESSION = 1;
    private static final int COUNTS_IN_TRACE = 2;
    private static final int SUM_OF_SPANS_BELOW = 4;

    private final List<CountedSpan> spans;
    private final int[] parents;
    private final Total[] cumulative;

    CountedTrace(List<CountedSpan> spans) {
        this.spans = spans;
        this.parents = new int[spans.size()];
        this.cumulative = new Total[spans.size()];
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < spans.size(); i++) {
            places.put(spans.get(i).spanId(), i);
        }
        for (int i = 0; i < spans.size(); i++) {
            parents[i] = places.getOrDefault(spans.get(i).parentSpanId(), -1);
        }
        Arrays.fill(cumulative, Total.NONE);
        addUp();
    }

    private void addUp() {
        int[] visitedFrom = new int[spans.size()];
        Arrays.fill(visitedFrom, -1);
        for (int i = 0; i < spans.size(); i++) {
            Total own = spans.get(i).upTo(COUNTS_IN_TRACE);
            for (int at = i; at >= 0 && visitedFrom[at] != i; at = parents[at]) {
                visitedFrom[at] = i;
                cumulative[at] = cumulative[at].plus(own);
            }
        }
    }

    /** Which spans report what the nearest spans with tokens below them report together. */
    void compareNested(Differences differences) {
        Map<Integer, List<Integer>> below = new HashMap<>();
        for (int i = 0; i < spans.size(); i++) {
            if (spans.get(i).own().tokens() > 0) {
                int above = nearestAbove(i);
                if (above >= 0) {
                    below.computeIfAbsent(above, any -> new ArrayList<>()).add(i);
                }
            }
        }
        for (int i = 0; i < spans.size(); i++) {
            differences.compare(
                    "sum of calls in span " + spans.get(i).spanId(),
                    spans.get(i).repeats() == SUM_OF_SPANS_BELOW,
                    below.containsKey(i)
                            && !isInCircle(i)
                            && isSum(spans.get(i), below.getOrDefault(i, List.of())));
        }
    }

    private int nearestAbove(int span) {
        int steps = 0;
        for (int at = parents[span];
                at >= 0 && at != span && steps++ < spans.size();
                at = parents[at]) {
            if (spans.get(at).own().tokens() > 0) {
                return at;
            }
        }
        return -1;
    }

    private boolean isInCircle(int span) {
        int at = parents[span];
        for (int steps = 0; at >= 0 && at != span && steps < spans.size(); steps++) {
            at = parents[at];
        }
        return at == span;
    }

    private boolean isSum(CountedSpan above, List<Integer> below) {
        Set<Long> responses = new HashSet<>();
        long prompt = 0;
        long completion = 0;
        int calls = 0;
        int named = 0;
        int twins = 0;
        int lesserTwins = 0;
        boolean modelFits = false;
        boolean wrapsTwin = false;
        for (int i : below) {
            CountedSpan span = spans.get(i);
            named += span.callHash() == null ? 0 : 1;
            wrapsTwin |= wraps(above, span);
            if (span.callHash() != null && span.callHash().equals(above.callHash())) {
                twins++;
                lesserTwins += above.isFullerThan(span) ? 1 : 0;
            }
            if (span.callHash() == null || responses.add(span.callHash())) {
                prompt += span.own().prompt();
                completion += span.own().completion();
                calls++;
                modelFits = ModelNames.mayBeOne(span.modelName(), above.modelName());
            }
        }
        if (twins > 0) {
            return twins < below.size() || lesserTwins < twins;
        }
        boolean isOther = above.callHash() != null && named == below.size();
        boolean isSum =
                prompt == above.own().prompt()
                        && completion == above.own().completion()
                        && (calls > 1 || modelFits);
        return !isOther && (isSum || wrapsTwin);
    }

    private static boolean wraps(CountedSpan above, CountedSpan span) {
        boolean sameTokens =
                span.own().prompt() == above.own().prompt()
                        && span.own().completion() == above.own().completion();
        return above.llm()
                && span.llm()
                && above.spanId().equals(span.parentSpanId())
                && sameTokens
                && (above.callHash() == null || span.callHash() == null)
                && ModelNames.mayBeOne(span.modelName(), above.modelName());
    }

    void compareSums(Differences differences) {
        for (int i = 0; i < spans.size(); i++) {
            CountedSpan span = spans.get(i);
            differences.compare("span " + span.spanId(), span.cumulative(), cumulative[i]);
        }
    }

    void findLeftOut(Differences differences) {
        spans.stream()
                .filter(CountedSpan::leftOut)
                .forEach(
                        span ->
                                differences.add(
                                        "span %s waits for being read anew: an earlier version left its tokens out"
                                                .formatted(span.spanId())));
    }

    List<CountedSpan> spans() {
        return spans;
    }

    Total total() {
        return total(COUNTS_IN_TRACE);
    }

    /** What it adds to its session. */
    Total totalInSession() {
        return total(COUNTS_IN_SESSION);
    }

    private Total total(int repeats) {
        return spans.stream().map(span -> span.upTo(repeats)).reduce(Total.NONE, Total::plus);
    }

    long startNs() {
        return spans.stream().mapToLong(CountedSpan::startNs).min().orElseThrow();
    }

    long endNs() {
        return spans.stream().mapToLong(CountedSpan::endNs).max().orElseThrow();
    }
}
