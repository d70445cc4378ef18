package dev.phoenix.server.audit;

import static dev.phoenix.server.db.jooq.Tables.AUDIT_LOG;

import dev.phoenix.server.background.BackgroundWorker;
import dev.phoenix.server.background.Pacing;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.db.Nanos;
import dev.phoenix.server.settings.ApiSettings;
import dev.phoenix.server.settings.AuditSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Removes entries that are old enough, a few at a time, so that writers never wait for long. */
@Component
class AuditRetention extends BackgroundWorker {

    private static final int BATCH = 1000;
    private static final Duration CHECK = Duration.ofHours(1);
    private static final Pacing PACING = new Pacing(Duration.ofMillis(100), 5);

    private final Database database;
    private final InstantSource clock;
    private final Duration retention;
    private final boolean readOnly;

    AuditRetention(
            Database database, InstantSource clock, AuditSettings settings, ApiSettings api) {
        super("audit-retention", PACING);
        this.database = database;
        this.clock = clock;
        this.retention = settings.retention();
        this.readOnly = api.readOnly();
    }

    @Override
    public boolean isAutoStartup() {
        return !retention.isZero() && !readOnly;
    }

    @Override
    protected Duration pass() {
        long oldest = Nanos.of(clock.instant().minus(retention));
        int removed =
                database.transaction(
                        transaction ->
                                transaction
                                        .deleteFrom(AUDIT_LOG)
                                        .where(
                                                AUDIT_LOG.ID.in(
                                                        DSL.select(AUDIT_LOG.ID)
                                                                .from(AUDIT_LOG)
                                                                .where(AUDIT_LOG.TIME_NS.lt(oldest))
                                                                .orderBy(AUDIT_LOG.TIME_NS)
                                                                .limit(BATCH)))
                                        .execute());
        return removed == BATCH ? Duration.ZERO : CHECK;
    }
}
