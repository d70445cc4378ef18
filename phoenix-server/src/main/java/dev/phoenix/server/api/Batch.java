package dev.phoenix.server.api;

import graphql.GraphQLContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import reactor.core.publisher.Mono;

/** One query for all rows of a GraphQL list, instead of one for each. */
public final class Batch {

    private Batch() {}

    /** Makes a query available to controllers as a {@code DataLoader} parameter of this name. */
    public static <K, V> void register(
            BatchLoaderRegistry registry, String name, Function<Set<K>, Map<K, V>> query) {
        registry.<K, V>forName(name)
                .registerMappedBatchLoader(
                        (keys, environment) -> Mono.fromSupplier(() -> query.apply(keys)));
    }

    /** The same for a query whose rows may be large. */
    public static <K, V> void register(
            BatchLoaderRegistry registry,
            String name,
            BiFunction<Set<K>, AnswerBudget, Map<K, V>> query) {
        registry.<K, V>forName(name)
                .registerMappedBatchLoader(
                        (keys, environment) -> {
                            GraphQLContext request =
                                    Objects.requireNonNull(environment.getContext());
                            return Mono.fromSupplier(
                                    () -> query.apply(keys, AnswerBudget.of(request)));
                        });
    }

    /** Gives each row what was found under its key; rows that refer to nothing are left out. */
    public static <S, T> Map<S, T> join(
            List<S> rows,
            Function<S, @Nullable Long> key,
            Function<Collection<Long>, Map<Long, T>> load) {
        Set<Long> keys =
                rows.stream().map(key).filter(Objects::nonNull).collect(Collectors.toSet());
        Map<Long, T> found = keys.isEmpty() ? Map.of() : load.apply(keys);
        Map<S, T> joined = new HashMap<>();
        for (S row : rows) {
            Long rowKey = key.apply(row);
            T value = rowKey == null ? null : found.get(rowKey);
            if (value != null) {
                joined.put(row, value);
            }
        }
        return joined;
    }
}
