package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.GENERATIVE_MODELS;
import static dev.phoenix.server.db.jooq.Tables.PRICE_REVISION;
import static dev.phoenix.server.db.jooq.Tables.TOKEN_PRICES;

import dev.phoenix.server.cost.TokenPrice.LongPrompt;
import dev.phoenix.server.db.Nanos;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jspecify.annotations.Nullable;

/** Writes models and prices, within one transaction. */
final class ModelRows {

    private final DSLContext transaction;
    private final long nowNs;

    private ModelRows(DSLContext transaction, Instant now) {
        this.transaction = transaction;
        this.nowNs = Nanos.of(now);
    }

    /**
     * Counts the change, which tells the other servers of it, and keeps out whoever else changes
     * prices until this transaction ends.
     */
    static ModelRows change(DSLContext transaction, Instant now) {
        transaction
                .update(PRICE_REVISION)
                .set(PRICE_REVISION.REVISION, PRICE_REVISION.REVISION.plus(1))
                .execute();
        return new ModelRows(transaction, now);
    }

    /** With the keys that were reserved for them. */
    void insert(Map<Long, ListedModel> models) {
        var statement =
                transaction
                        .insertInto(
                                GENERATIVE_MODELS,
                                GENERATIVE_MODELS.ID,
                                GENERATIVE_MODELS.NAME,
                                GENERATIVE_MODELS.PROVIDER,
                                GENERATIVE_MODELS.NAME_PATTERN,
                                GENERATIVE_MODELS.START_NS,
                                GENERATIVE_MODELS.IS_BUILT_IN,
                                GENERATIVE_MODELS.SOURCE,
                                GENERATIVE_MODELS.CREATED_AT_NS,
                                GENERATIVE_MODELS.UPDATED_AT_NS)
                        .values((Long) null, null, null, null, null, null, null, null, null);
        List<@Nullable Object[]> rows = new ArrayList<>();
        models.forEach(
                (key, model) ->
                        rows.add(
                                row(
                                        key,
                                        model.name(),
                                        model.provider(),
                                        model.namePattern(),
                                        model.startNs(),
                                        model.isBuiltIn(),
                                        model.source(),
                                        nowNs,
                                        nowNs)));
        execute(statement, rows);
        insertPrices(models);
    }

    void update(Map<Long, ListedModel> models) {
        List<Query> updates =
                models.entrySet().stream()
                        .<Query>map(entry -> update(entry.getKey(), entry.getValue()))
                        .toList();
        if (!updates.isEmpty()) {
            transaction.batch(updates).execute();
            transaction
                    .deleteFrom(TOKEN_PRICES)
                    .where(TOKEN_PRICES.MODEL_ID.in(models.keySet()))
                    .execute();
            insertPrices(models);
        }
    }

    private Query update(long key, ListedModel model) {
        return transaction
                .update(GENERATIVE_MODELS)
                .set(GENERATIVE_MODELS.NAME, model.name())
                .set(GENERATIVE_MODELS.PROVIDER, model.provider())
                .set(GENERATIVE_MODELS.NAME_PATTERN, model.namePattern())
                .set(GENERATIVE_MODELS.START_NS, model.startNs())
                .set(GENERATIVE_MODELS.SOURCE, model.source())
                .set(GENERATIVE_MODELS.UPDATED_AT_NS, nowNs)
                .where(GENERATIVE_MODELS.ID.eq(key));
    }

    /** The rows stay, because spans refer to them. */
    void delete(Collection<Long> keys) {
        transaction
                .update(GENERATIVE_MODELS)
                .set(GENERATIVE_MODELS.UPDATED_AT_NS, nowNs)
                .set(GENERATIVE_MODELS.DELETED_AT_NS, nowNs)
                .where(GENERATIVE_MODELS.ID.in(keys))
                .execute();
    }

    private void insertPrices(Map<Long, ListedModel> models) {
        var statement =
                transaction
                        .insertInto(
                                TOKEN_PRICES,
                                TOKEN_PRICES.MODEL_ID,
                                TOKEN_PRICES.TOKEN_TYPE,
                                TOKEN_PRICES.IS_PROMPT,
                                TOKEN_PRICES.BASE_RATE,
                                TOKEN_PRICES.PROMPT_THRESHOLD,
                                TOKEN_PRICES.RATE_ABOVE)
                        .values((Long) null, null, null, null, null, null);
        List<@Nullable Object[]> rows = new ArrayList<>();
        models.forEach(
                (key, model) -> model.prices().forEach(price -> rows.add(priceRow(key, price))));
        execute(statement, rows);
    }

    private static @Nullable Object[] priceRow(long key, TokenPrice price) {
        LongPrompt above = price.above();
        return row(
                key,
                price.tokenType(),
                price.prompt(),
                price.rate(),
                above == null ? null : above.threshold(),
                above == null ? null : above.rate());
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    private void execute(Query statement, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            transaction.batch(statement).bind(rows.toArray(new @Nullable Object[0][])).execute();
        }
    }
}
