package dev.phoenix.server.project;

import dev.phoenix.server.api.GlobalId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A project as it is stored. */
public record Project(
        long key,
        String name,
        @Nullable String description,
        String gradientStartColor,
        String gradientEndColor,
        Instant createdAt,
        Instant updatedAt) {

    public static final String TYPE = "Project";

    public static String id(long key) {
        return GlobalId.encode(TYPE, key);
    }

    public String id() {
        return id(key);
    }
}
