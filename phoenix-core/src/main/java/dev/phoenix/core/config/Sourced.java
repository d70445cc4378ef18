package dev.phoenix.core.config;

import java.util.function.Function;

/** A value and where it came from. */
record Sourced<T>(T value, Provenance source) {

    static <T> Sourced<T> explicit(T value) {
        return new Sourced<>(value, new Provenance.Explicit());
    }

    <R> Sourced<R> map(Function<? super T, ? extends R> mapping) {
        return new Sourced<>(mapping.apply(value), source);
    }

    boolean isFromFile() {
        return source instanceof Provenance.EnvFile;
    }
}
