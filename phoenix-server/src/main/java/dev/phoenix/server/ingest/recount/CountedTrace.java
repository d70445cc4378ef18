package dev.phoenix.server.ingest.recount;

import dev.phoenix.server.ingest.recount.CountedSpan.Total;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The spans of one trace, added up by walking from each span to its root. */
final class CountedTrace {

    private final List<CountedSpan> spans;
    private final int[] parents;
    private final Total[] cumulative;
    private final boolean[] wrapsLlm;

    CountedTrace(List<CountedSpan> spans) {
        this.spans = spans;
        this.parents = new int[spans.size()];
        this.cumulative = new Total[spans.size()];
        this.wrapsLlm = new boolean[spans.size()];
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
            Total own = spans.get(i).own();
            for (int at = i; at >= 0 && visitedFrom[at] != i; at = parents[at]) {
                visitedFrom[at] = i;
                cumulative[at] = cumulative[at].plus(own);
            }
            int parent = parents[i];
            if (parent >= 0 && parent != i && spans.get(i).llm()) {
                wrapsLlm[parent] |= spans.get(parent).llm();
            }
        }
    }

    /** Errors of a span, and its tokens if no child of it is an LLM span too. */
    Total counted(int span) {
        Total own = spans.get(span).own();
        return wrapsLlm[span] ? new Total(own.errors(), 0, 0) : own;
    }

    void compareSums(Differences differences) {
        for (int i = 0; i < spans.size(); i++) {
            CountedSpan span = spans.get(i);
            differences.compare("span " + span.spanId(), span.cumulative(), cumulative[i]);
        }
    }

    void compareWrappers(Differences differences) {
        for (int i = 0; i < spans.size(); i++) {
            CountedSpan span = spans.get(i);
            differences.compare("LLM child of span " + span.spanId(), span.wrapsLlm(), wrapsLlm[i]);
        }
    }

    List<CountedSpan> spans() {
        return spans;
    }

    Total total() {
        return spans.stream().map(CountedSpan::own).reduce(Total.NONE, Total::plus);
    }

    long startNs() {
        return spans.stream().mapToLong(CountedSpan::startNs).min().orElseThrow();
    }

    long endNs() {
        return spans.stream().mapToLong(CountedSpan::endNs).max().orElseThrow();
    }
}
