package dev.phoenix.server.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * All prices as they were at one revision, and which of them applies. What was found for a name and
 * provider is kept, with the times from which on another model applies.
 */
final class PriceBook {

    private static final int MOST_KEPT = 10_000;

    /** Longer texts are no names. */
    private static final int LONGEST_NAME = 256;

    private static final Comparator<PricedModel> BEST =
            Comparator.comparingInt((PricedModel model) -> model.pattern().specificity())
                    .thenComparingLong(PricedModel::effectiveStart)
                    .thenComparingLong(model -> model.builtIn() ? -model.key() : model.key());

    private final long revision;
    private final List<PricedModel> models;
    private final Map<Asked, Answer> kept = new ConcurrentHashMap<>();

    PriceBook(long revision, List<PricedModel> models) {
        this.revision = revision;
        this.models = List.copyOf(models);
    }

    long revision() {
        return revision;
    }

    /** The cost of a call that started then. */
    SpanCost cost(Usage usage, long startNs) {
        PricedModel model = find(usage.modelName(), usage.provider(), startNs);
        return model == null ? SpanCost.unpriced(usage) : model.cost(usage);
    }

    @Nullable PricedModel find(String modelName, @Nullable String provider, long startNs) {
        if (modelName.length() > LONGEST_NAME
                || provider != null && provider.length() > LONGEST_NAME) {
            return null;
        }
        Asked asked = new Asked(modelName, provider == null ? "" : provider.strip());
        Answer answer = kept.get(asked);
        if (answer == null) {
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            answer = answer(asked);
            kept.put(asked, answer);
        }
        return answer.at(startNs);
    }

    private Answer answer(Asked asked) {
        List<PricedModel> matching =
                models.stream().filter(model -> model.pattern().isFoundIn(asked.name)).toList();
        long[] starts =
                LongStream.concat(
                                LongStream.of(Long.MIN_VALUE),
                                matching.stream()
                                        .filter(model -> model.startNs() != null)
                                        .mapToLong(PricedModel::effectiveStart))
                        .distinct()
                        .sorted()
                        .toArray();
        List<@Nullable PricedModel> winners = new ArrayList<>();
        for (long start : starts) {
            winners.add(
                    best(
                            matching.stream().filter(model -> model.holdsAt(start)).toList(),
                            asked.provider));
        }
        return new Answer(starts, winners);
    }

    private static @Nullable PricedModel best(List<PricedModel> candidates, String provider) {
        List<PricedModel> own = preferring(candidates, model -> !model.builtIn());
        // A lone candidate counts whoever serves the model.
        List<PricedModel> served =
                provider.isEmpty()
                        ? own
                        : preferring(own, model -> model.provider().equals(provider));
        return served.stream().max(BEST).orElse(null);
    }

    /** Those that are preferred, or all if none is. */
    private static List<PricedModel> preferring(
            List<PricedModel> models, Predicate<PricedModel> preferred) {
        List<PricedModel> some = models.stream().filter(preferred).toList();
        return some.isEmpty() ? models : some;
    }

    private record Asked(String name, String provider) {}

    /** Which model applies from each start on. */
    private record Answer(long[] starts, List<@Nullable PricedModel> models) {

        @Nullable PricedModel at(long timeNs) {
            int index = 0;
            while (index + 1 < starts.length && starts[index + 1] <= timeNs) {
                index++;
            }
            return models.get(index);
        }
    }
}
