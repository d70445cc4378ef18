package dev.phoenix.server.auth;

import dev.phoenix.server.auth.CallerTurns.Turn;
import graphql.GraphQLContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoaderOptions;
import org.dataloader.scheduler.BatchLoaderScheduler;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.DefaultBatchLoaderRegistry;

/**
 * Fetches the fields of GraphQL on threads of their own, no more of a caller at once than the
 * caller may have requests worked on.
 */
final class FieldTurns extends SimplePerformantInstrumentation
        implements Executor, BatchLoaderScheduler {

    /** Of the request for which the current thread asks for a field. */
    private static final ScopedValue<Turn> TURN = ScopedValue.newInstance();

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher,
            InstrumentationFieldFetchParameters parameters,
            @Nullable InstrumentationState state) {
        return parameters.isTrivialDataFetcher()
                ? fetcher
                : field -> in(field.getGraphQlContext(), () -> fetcher.get(field));
    }

    @Override
    public void execute(Runnable field) {
        Turn turn = TURN.get();
        Thread.ofVirtual().name("field").start(() -> turn.fetch(field));
    }

    /** What loads lists is asked for outside of any field. */
    BatchLoaderRegistry registry() {
        return new DefaultBatchLoaderRegistry(
                () -> DataLoaderOptions.newOptions().setBatchLoaderScheduler(this).build());
    }

    @Override
    public <K, V> CompletionStage<List<V>> scheduleBatchLoader(
            ScheduledBatchLoaderCall<V> call,
            List<K> keys,
            @Nullable BatchLoaderEnvironment environment) {
        return in(context(environment), call::invoke);
    }

    @Override
    public <K, V> CompletionStage<Map<K, V>> scheduleMappedBatchLoader(
            ScheduledMappedBatchLoaderCall<K, V> call,
            List<K> keys,
            @Nullable BatchLoaderEnvironment environment) {
        return in(context(environment), call::invoke);
    }

    @Override
    public <K> void scheduleBatchPublisher(
            ScheduledBatchPublisherCall call,
            List<K> keys,
            @Nullable BatchLoaderEnvironment environment) {
        in(
                context(environment),
                () -> {
                    call.invoke();
                    return Boolean.TRUE;
                });
    }

    private static GraphQLContext context(@Nullable BatchLoaderEnvironment environment) {
        return Objects.requireNonNull(Objects.requireNonNull(environment).getContext());
    }

    private static <T, X extends Throwable> T in(
            GraphQLContext context, ScopedValue.CallableOp<T, X> asking) throws X {
        HttpServletRequest request = Objects.requireNonNull(context.get(HttpServletRequest.class));
        return ScopedValue.where(TURN, Turn.of(request)).call(asking);
    }
}
