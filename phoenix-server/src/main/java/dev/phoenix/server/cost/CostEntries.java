package dev.phoenix.server.cost;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up costs by type of token, prompt before completion. */
final class CostEntries {

    private final Map<Type, Breakdown> sums = new TreeMap<>(Type.ORDER);

    void add(SpanCost cost) {
        for (SpanCost.Detail detail : cost.details()) {
            TokenCount count = detail.count();
            sums.merge(
                    new Type(count.type(), count.prompt()),
                    new Breakdown((double) count.tokens(), detail.cost()),
                    Breakdown::plus);
        }
    }

    List<CostEntry> list() {
        return sums.entrySet().stream()
                .map(sum -> new CostEntry(sum.getKey().name, sum.getKey().prompt, sum.getValue()))
                .toList();
    }

    private record Type(String name, boolean prompt) {

        static final Comparator<Type> ORDER =
                Comparator.comparing((Type type) -> !type.prompt).thenComparing(Type::name);
    }
}
