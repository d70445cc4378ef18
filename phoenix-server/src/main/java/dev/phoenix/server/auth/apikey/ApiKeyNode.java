package dev.phoenix.server.auth.apikey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key in GraphQL, which has a type for each kind. Public, because graphql-java calls the
 * inherited methods.
 */
public sealed interface ApiKeyNode {

    ApiKey key();

    static ApiKeyNode of(ApiKey key) {
        return key.system() ? new SystemApiKey(key) : new UserApiKey(key);
    }

    default String id() {
        return key().id();
    }

    default String name() {
        return key().name();
    }

    default @Nullable String description() {
        return key().description();
    }

    default @Nullable String hint() {
        return key().hint();
    }

    default Instant createdAt() {
        return key().createdAt();
    }

    default @Nullable Instant expiresAt() {
        return key().expiresAt();
    }

    default @Nullable Instant lastUsedAt() {
        return key().lastUsedAt();
    }

    record UserApiKey(ApiKey key) implements ApiKeyNode {}

    record SystemApiKey(ApiKey key) implements ApiKeyNode {}
}
