package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import dev.phoenix.server.cost.CostEntry;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.cost.SpanCosts;
import dev.phoenix.server.cost.Usage;
import dev.phoenix.server.db.Database;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;

/** What spans cost together with everything below them. */
@Service
class CumulativeCosts {

    private static final int COSTS_AT_ONCE = 1000;

    private final DSLContext database;
    private final SpanCosts costs;

    CumulativeCosts(Database database, SpanCosts costs) {
        this.database = database.read();
        this.costs = costs;
    }

    List<List<CostEntry>> entries(List<Span> spans) {
        Map<Long, Tree> trees = new HashMap<>();
        List<List<CostEntry>> entries = new ArrayList<>();
        for (Span span : spans) {
            Tree tree = trees.computeIfAbsent(span.traceKey(), this::tree);
            entries.add(SpanCost.entries(tree.below(span).stream().map(tree.costs::get)));
        }
        return entries;
    }

    private Tree tree(long traceKey) {
        Map<String, List<Place>> children = new HashMap<>();
        List<Long> llmSpans = new ArrayList<>();
        database.select(
                        SPANS.ID,
                        SPANS.SPAN_ID,
                        SPANS.PARENT_SPAN_ID,
                        SPANS.SPAN_KIND,
                        SPANS.REPEATS)
                .from(SPANS)
                .where(SPANS.TRACE_KEY.eq(traceKey))
                .forEach(
                        row -> {
                            if (row.value3() != null) {
                                children.computeIfAbsent(row.value3(), _ -> new ArrayList<>())
                                        .add(new Place(row.value1(), row.value2()));
                            }
                            if (Usage.KINDS.contains(row.value4())
                                    && row.value5() < SpanCosts.REPEATED_IN_TRACE) {
                                llmSpans.add(row.value1());
                            }
                        });
        Map<Long, SpanCost> known = new HashMap<>();
        for (int from = 0; from < llmSpans.size(); from += COSTS_AT_ONCE) {
            int to = Math.min(from + COSTS_AT_ONCE, llmSpans.size());
            known.putAll(costs.bySpans(llmSpans.subList(from, to)));
        }
        return new Tree(children, known);
    }

    private record Place(long key, String spanId) {}

    private record Tree(Map<String, List<Place>> children, Map<Long, SpanCost> costs) {

        /** The span and all that have a way up to it, each once: parents may go in circles. */
        Set<Long> below(Span root) {
            Set<Long> seen = new HashSet<>(Set.of(root.key()));
            Deque<String> open = new ArrayDeque<>(List.of(root.spanId()));
            while (!open.isEmpty()) {
                for (Place child : children.getOrDefault(open.pop(), List.of())) {
                    if (seen.add(child.key)) {
                        open.push(child.spanId);
                    }
                }
            }
            return seen;
        }
    }
}
