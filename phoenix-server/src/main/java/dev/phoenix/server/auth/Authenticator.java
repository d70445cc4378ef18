package dev.phoenix.server.auth;

import org.jspecify.annotations.Nullable;

/**
 * Tells who calls from the {@code authorization} header of HTTP or gRPC; never refuses by itself.
 */
@FunctionalInterface
interface Authenticator {

    Principal authenticate(@Nullable String authorization);
}
