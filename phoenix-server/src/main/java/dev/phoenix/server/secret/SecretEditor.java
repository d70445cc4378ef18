package dev.phoenix.server.secret;

import static dev.phoenix.server.db.jooq.Tables.SECRETS;

import dev.phoenix.server.audit.Actor;
import dev.phoenix.server.audit.AuditEvent;
import dev.phoenix.server.audit.AuditLog;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.KeyAllocator;
import dev.phoenix.server.db.Nanos;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Stores and deletes secrets, all of one request or none. */
@Component
class SecretEditor {

    private final Database database;
    private final KeyAllocator keys;
    private final Encryption encryption;
    private final Redaction redaction;
    private final AuditLog audit;
    private final InstantSource clock;

    SecretEditor(
            Database database,
            KeyAllocator keys,
            Encryption encryption,
            Redaction redaction,
            AuditLog audit,
            InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.encryption = encryption;
        this.redaction = redaction;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What was done, the last change first, as the reference lists it.
     *
     * @param deletedKeys of those that were there
     */
    record Outcome(List<String> upserted, List<String> deleted, List<Long> deletedKeys) {}

    /** Of several changes of one secret the last one counts. */
    Outcome apply(List<SecretChange> changes, Actor actor, String address) {
        Map<String, SecretChange> last = new LinkedHashMap<>();
        changes.reversed().forEach(change -> last.putIfAbsent(change.name(), change));
        Map<String, byte[]> encrypted = new LinkedHashMap<>();
        List<String> deleted = new ArrayList<>();
        for (SecretChange change : last.values()) {
            if (change.value() == null) {
                deleted.add(change.name());
            } else {
                String token = encryption.encrypt(redaction.restore(change.value()));
                encrypted.put(change.name(), token.getBytes(StandardCharsets.US_ASCII));
            }
        }
        long firstKey = encrypted.isEmpty() ? 0 : keys.reserve("secrets", encrypted.size());
        List<Long> deletedKeys =
                // Others may be setting the same secrets in another order.
                database.replaying(
                        transaction -> {
                            long key = firstKey;
                            for (Map.Entry<String, byte[]> secret : encrypted.entrySet()) {
                                upsert(transaction, key++, secret, actor);
                                record(transaction, "secret.set", secret.getKey(), actor, address);
                            }
                            List<Long> gone = new ArrayList<>();
                            for (String name : deleted) {
                                gone.addAll(delete(transaction, name, actor, address));
                            }
                            return gone;
                        });
        return new Outcome(List.copyOf(encrypted.keySet()), deleted, deletedKeys);
    }

    private void upsert(
            DSLContext transaction, long key, Map.Entry<String, byte[]> secret, Actor actor) {
        long now = Nanos.of(clock.instant());
        transaction
                .insertInto(SECRETS)
                .set(SECRETS.ID, key)
                .set(SECRETS.KEY, secret.getKey())
                .set(SECRETS.VALUE, secret.getValue())
                .set(SECRETS.USER_ID, actor.userId())
                .set(SECRETS.UPDATED_AT_NS, now)
                .onConflict(SECRETS.KEY)
                .doUpdate()
                .set(SECRETS.VALUE, secret.getValue())
                .set(SECRETS.USER_ID, actor.userId())
                .set(SECRETS.UPDATED_AT_NS, now)
                .execute();
    }

    private List<Long> delete(DSLContext transaction, String name, Actor actor, String address) {
        List<Long> gone =
                transaction
                        .deleteFrom(SECRETS)
                        .where(SECRETS.KEY.eq(name))
                        .returning(SECRETS.ID)
                        .fetch(SECRETS.ID);
        if (!gone.isEmpty()) {
            record(transaction, "secret.delete", name, actor, address);
        }
        return gone;
    }

    private void record(
            DSLContext transaction, String action, String name, Actor actor, String address) {
        audit.record(transaction, new AuditEvent(actor, action, name, Map.of(), address));
    }
}
