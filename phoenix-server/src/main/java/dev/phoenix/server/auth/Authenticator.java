package dev.phoenix.server.auth;

import org.jspecify.annotations.Nullable;

/** Tells who calls, over HTTP or gRPC; never refuses by itself. */
@FunctionalInterface
public interface Authenticator {

    /**
     * @param authorization the header of this name; where there is one it alone decides
     * @param cookie the access token a browser sent
     */
    Principal authenticate(@Nullable String authorization, @Nullable String cookie);
}
