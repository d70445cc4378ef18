package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.GENERATIVE_MODELS;
import static dev.phoenix.server.db.jooq.Tables.PRICE_REVISION;
import static dev.phoenix.server.db.jooq.Tables.TOKEN_PRICES;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Keyset;
import dev.phoenix.server.api.SortKey;
import dev.phoenix.server.cost.TokenPrice.LongPrompt;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Engine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Service;

/** Finds and lists models and their prices. */
@Service
class ModelReader {

    private final DSLContext database;
    private final Keyset<String> order;

    ModelReader(Database database) {
        this.database = database.read();
        Field<String> place =
                concat(
                        when(GENERATIVE_MODELS.IS_BUILT_IN, inline("1")).otherwise(inline("0")),
                        GENERATIVE_MODELS.NAME);
        // In code point order on both engines.
        this.order =
                new Keyset<>(
                        database.engine() == Engine.POSTGRESQL ? place.collate("C") : place,
                        GENERATIVE_MODELS.ID,
                        SortKey.STRING,
                        false);
    }

    /** People's own first, then by name. */
    Connection<GenerativeModel> list(ConnectionRange range) {
        var query =
                database.select(GENERATIVE_MODELS.fields())
                        .select(order.selected())
                        .from(GENERATIVE_MODELS)
                        .where(GENERATIVE_MODELS.DELETED_AT_NS.isNull());
        return order.connection(query, range, GenerativeModel::from);
    }

    Optional<GenerativeModel> find(long key) {
        return database.selectFrom(GENERATIVE_MODELS)
                .where(GENERATIVE_MODELS.ID.eq(key), GENERATIVE_MODELS.DELETED_AT_NS.isNull())
                .fetchOptional(GenerativeModel::from);
    }

    GenerativeModel require(String id) {
        return GlobalId.keyOf(GenerativeModel.TYPE, id).stream()
                .mapToObj(this::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("no model has the id " + id));
    }

    /** Also of a deleted model, whose prices spans may still carry. */
    long requireKey(String id) {
        OptionalLong key = GlobalId.keyOf(GenerativeModel.TYPE, id);
        if (key.isEmpty() || !exists(key.getAsLong())) {
            throw ApiException.notFound("no model has the id " + id);
        }
        return key.getAsLong();
    }

    private boolean exists(long key) {
        return database.fetchExists(GENERATIVE_MODELS, GENERATIVE_MODELS.ID.eq(key));
    }

    Map<Long, List<TokenPrice>> prices(Collection<Long> modelKeys) {
        return prices(database, TOKEN_PRICES.MODEL_ID.in(modelKeys));
    }

    long revision() {
        return database.selectFrom(PRICE_REVISION)
                .fetchSingle(row -> row.get(PRICE_REVISION.REVISION));
    }

    /** Everything as of one revision; what changes meanwhile is read again. */
    PriceBook readAll() {
        PriceBook book = read(revision());
        while (book.revision() != revision()) {
            book = read(revision());
        }
        return book;
    }

    private PriceBook read(long revision) {
        Map<Long, List<TokenPrice>> prices = prices(database, DSL.noCondition());
        List<PricedModel> models =
                database.selectFrom(GENERATIVE_MODELS)
                        .where(GENERATIVE_MODELS.DELETED_AT_NS.isNull())
                        .fetch(row -> model(row, prices));
        return new PriceBook(revision, models);
    }

    private static PricedModel model(Record row, Map<Long, List<TokenPrice>> prices) {
        long key = row.get(GENERATIVE_MODELS.ID);
        return new PricedModel(
                key,
                row.get(GENERATIVE_MODELS.PROVIDER),
                row.get(GENERATIVE_MODELS.START_NS),
                row.get(GENERATIVE_MODELS.IS_BUILT_IN),
                new NamePattern(row.get(GENERATIVE_MODELS.NAME_PATTERN)),
                prices.getOrDefault(key, List.of()));
    }

    private static Map<Long, List<TokenPrice>> prices(DSLContext context, Condition which) {
        return context.selectFrom(TOKEN_PRICES)
                .where(which)
                .orderBy(
                        TOKEN_PRICES.MODEL_ID,
                        TOKEN_PRICES.IS_PROMPT.desc(),
                        TOKEN_PRICES.TOKEN_TYPE)
                .fetchGroups(TOKEN_PRICES.MODEL_ID, ModelReader::price);
    }

    private static TokenPrice price(Record row) {
        Long threshold = row.get(TOKEN_PRICES.PROMPT_THRESHOLD);
        return new TokenPrice(
                row.get(TOKEN_PRICES.TOKEN_TYPE),
                row.get(TOKEN_PRICES.IS_PROMPT),
                row.get(TOKEN_PRICES.BASE_RATE),
                threshold == null
                        ? null
                        : new LongPrompt(threshold, row.get(TOKEN_PRICES.RATE_ABOVE)));
    }
}
