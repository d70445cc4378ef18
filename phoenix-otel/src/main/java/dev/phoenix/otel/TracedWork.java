package dev.phoenix.otel;

import org.jspecify.annotations.Nullable;

/**
 * Work done inside a span.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface TracedWork<T extends @Nullable Object, X extends Throwable> {

    T call() throws X;

    /**
     * Work that adds to the span while it runs.
     *
     * @param <T> what it returns
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface WithSpan<T extends @Nullable Object, X extends Throwable> {

        T call(OiSpan span) throws X;
    }

    /**
     * Work that returns nothing.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface Action<X extends Throwable> {

        void run() throws X;
    }
}
