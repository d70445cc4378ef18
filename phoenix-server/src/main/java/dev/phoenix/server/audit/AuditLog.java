package dev.phoenix.server.audit;

import static dev.phoenix.server.db.jooq.Tables.AUDIT_LOG;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Nanos;
import java.time.InstantSource;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where features record what was done. What cannot be recorded must not be done, so failures are
 * the caller's.
 */
@Component
public class AuditLog {

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    private final Database database;
    private final InstantSource clock;
    private final JsonMapper json;

    AuditLog(Database database, InstantSource clock, JsonMapper json) {
        this.database = database;
        this.clock = clock;
        this.json = json;
    }

    /** Records within the transaction that does it: both are durable or neither. */
    public void record(DSLContext transaction, AuditEvent event) {
        transaction
                .insertInto(AUDIT_LOG)
                .set(AUDIT_LOG.TIME_NS, Nanos.of(clock.instant()))
                .set(AUDIT_LOG.USER_ID, event.actor().userId())
                .set(AUDIT_LOG.ACTOR, event.actor().name())
                .set(AUDIT_LOG.CREDENTIAL, event.actor().credential())
                .set(AUDIT_LOG.ACTION, event.action())
                .set(AUDIT_LOG.TARGET, event.target())
                .set(AUDIT_LOG.DETAILS, json.writeValueAsString(event.details()))
                .set(AUDIT_LOG.ADDRESS, event.address())
                .execute();
        log.info("{} {} by {}", event.action(), event.target(), who(event));
    }

    private static String who(AuditEvent event) {
        Actor actor = event.actor();
        if (event.address().isEmpty()) {
            return actor.name().isEmpty() ? "the server" : actor.name();
        }
        String name = actor.name().isEmpty() ? "somebody" : actor.name();
        return "%s (%s) from %s".formatted(name, actor.credential(), event.address());
    }

    /** Records what has no transaction; durable when this returns. */
    public void record(AuditEvent event) {
        database.transaction(
                transaction -> {
                    record(transaction, event);
                    return event;
                });
    }
}
