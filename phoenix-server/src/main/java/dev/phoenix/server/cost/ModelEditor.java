package dev.phoenix.server.cost;

import static dev.phoenix.server.db.jooq.Tables.GENERATIVE_MODELS;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** Creates, changes and deletes people's own models. What ships with the server stays as it is. */
@Service
class ModelEditor {

    private final Database database;
    private final KeyAllocator keys;
    private final ModelReader models;
    private final Prices prices;
    private final AuditLog audit;
    private final InstantSource clock;

    ModelEditor(
            Database database,
            KeyAllocator keys,
            ModelReader models,
            Prices prices,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.models = models;
        this.prices = prices;
        this.audit = audit;
        this.clock = clock;
    }

    GenerativeModel create(ListedModel model, Caller caller) {
        long key = keys.reserve("generative_models", 1);
        change(
                caller.did("model.create", model.name(), details(key, model)),
                transaction -> {
                    ModelRows rows = ModelRows.change(transaction, clock.instant());
                    requireUnique(transaction, model, key);
                    rows.insert(Map.of(key, model));
                });
        return require(key);
    }

    GenerativeModel update(String id, ListedModel model, Caller caller) {
        long key = own(id, "changed").key();
        change(
                caller.did("model.update", model.name(), details(key, model)),
                transaction -> {
                    ModelRows rows = ModelRows.change(transaction, clock.instant());
                    requireUnique(transaction, model, key);
                    rows.update(Map.of(key, model));
                });
        return require(key);
    }

    /** Returns what it was. */
    GenerativeModel delete(String id, Caller caller) {
        GenerativeModel model = own(id, "deleted");
        change(
                caller.did("model.delete", model.name(), Map.of("id", id)),
                transaction ->
                        ModelRows.change(transaction, clock.instant())
                                .delete(List.of(model.key())));
        return model;
    }

    private void change(AuditEvent event, Consumer<DSLContext> work) {
        database.transaction(
                transaction -> {
                    work.accept(transaction);
                    audit.record(transaction, event);
                    return transaction;
                });
        prices.refresh();
    }

    private static Map<String, String> details(long key, ListedModel model) {
        return Map.of(
                "id",
                GlobalId.encode(GenerativeModel.TYPE, key),
                "name_pattern",
                model.namePattern(),
                "prices",
                model.prices().stream()
                        .map(price -> price.tokenType() + " " + price.rate())
                        .collect(Collectors.joining(", ")));
    }

    private GenerativeModel own(String id, String what) {
        GenerativeModel model = models.require(id);
        if (model.builtIn()) {
            throw ApiException.badRequest(
                    "the built-in model %s cannot be %s; create a model of your own, which comes first"
                            .formatted(model.name(), what));
        }
        return model;
    }

    private GenerativeModel require(long key) {
        return models.require(GlobalId.encode(GenerativeModel.TYPE, key));
    }

    /** Nobody else changes models meanwhile. */
    private static void requireUnique(DSLContext transaction, ListedModel model, long key) {
        if (another(transaction, key, GENERATIVE_MODELS.NAME.eq(model.name()))) {
            throw conflict("a model named %s exists already".formatted(model.name()));
        }
        Condition samePattern =
                GENERATIVE_MODELS
                        .NAME_PATTERN
                        .eq(model.namePattern())
                        .and(GENERATIVE_MODELS.PROVIDER.eq(model.provider()));
        if (another(transaction, key, samePattern)) {
            throw conflict(
                    "a model with the name pattern %s and the same provider exists already"
                            .formatted(model.namePattern()));
        }
    }

    private static boolean another(DSLContext transaction, long key, Condition same) {
        return transaction.fetchExists(
                transaction
                        .selectOne()
                        .from(GENERATIVE_MODELS)
                        .where(same, GENERATIVE_MODELS.ID.ne(key))
                        .and(GENERATIVE_MODELS.DELETED_AT_NS.isNull())
                        .and(GENERATIVE_MODELS.IS_BUILT_IN.isFalse()));
    }

    private static ApiException conflict(String what) {
        return new ApiException(HttpStatus.CONFLICT, what + "; change that one or choose another");
    }
}
