package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.GENERATIVE_MODELS;

import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Timestamps;
import java.time.Instant;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** A model that has prices, as it is stored. */
public record GenerativeModel(
        long key,
        String name,
        @Nullable String provider,
        String namePattern,
        @Nullable Instant startTime,
        boolean builtIn,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String source) {

    static final String TYPE = "GenerativeModel";

    static GenerativeModel from(Record row) {
        String provider = row.get(GENERATIVE_MODELS.PROVIDER);
        Long start = row.get(GENERATIVE_MODELS.START_NS);
        return new GenerativeModel(
                row.get(GENERATIVE_MODELS.ID),
                row.get(GENERATIVE_MODELS.NAME),
                provider.isEmpty() ? null : provider,
                row.get(GENERATIVE_MODELS.NAME_PATTERN),
                start == null ? null : Timestamps.instant(start),
                row.get(GENERATIVE_MODELS.IS_BUILT_IN),
                Timestamps.instant(row.get(GENERATIVE_MODELS.CREATED_AT_NS)),
                Timestamps.instant(row.get(GENERATIVE_MODELS.UPDATED_AT_NS)),
                row.get(GENERATIVE_MODELS.SOURCE));
    }

    public String id() {
        return GlobalId.encode(TYPE, key);
    }

    public String kind() {
        return builtIn ? "BUILT_IN" : "CUSTOM";
    }

    public @Nullable ProviderKey providerKey() {
        return provider == null ? null : ProviderKey.of(provider);
    }
}
