package dev.phoenix.server.auth.apikey;

import dev.phoenix.server.api.GlobalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of a program, without the key itself.
 *
 * @param system whether it is the system user's, whoever created it
 * @param hint the last characters of the key
 * @param lastUsedAt to the minute or so
 */
record ApiKey(
        long key,
        long userId,
        boolean system,
        String name,
        @Nullable String description,
        @Nullable String hint,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    static final String USER_TYPE = "UserApiKey";
    static final String SYSTEM_TYPE = "SystemApiKey";

    String id() {
        return GlobalId.encode(system ? SYSTEM_TYPE : USER_TYPE, key);
    }
}
