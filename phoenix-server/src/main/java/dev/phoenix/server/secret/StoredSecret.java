package dev.phoenix.server.secret;

import dev.phoenix.server.api.GlobalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it lies in the database.
 *
 * @param name what programs know it by, such as {@code OPENAI_API_KEY}
 * @param userId who stored it; that user need not exist any more
 */
record StoredSecret(
        long key, String name, String encrypted, @Nullable Long userId, Instant updatedAt) {

    static final String TYPE = "Secret";

    String id() {
        return GlobalId.encode(TYPE, key);
    }
}
