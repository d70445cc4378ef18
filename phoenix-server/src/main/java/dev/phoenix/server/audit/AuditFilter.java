package dev.phoenix.server.audit;

import static dev.phoenix.server.db.jooq.Tables.AUDIT_LOG;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Which entries are asked for; whatever is null is not asked about. */
record AuditFilter(
        @Nullable String actor,
        @Nullable String userId,
        @Nullable List<String> actions,
        @Nullable String target,
        @Nullable String address,
        @Nullable Instant from,
        @Nullable Instant until) {

    AuditFilter {
        if (from != null && until != null && until.isBefore(from)) {
            throw ApiException.unprocessable(
                    "end_time must not be before start_time, was %s and %s".formatted(until, from));
        }
        for (String action : actions == null ? List.<String>of() : actions) {
            if (!AuditEvent.isAction(action)) {
                throw ApiException.unprocessable(
                        "action must be a feature and a verb like secret.delete, was %s; take it from an entry"
                                .formatted(AuditEvent.bounded(action)));
            }
        }
    }

    Condition condition() {
        List<Condition> conditions = new ArrayList<>();
        if (actor != null) {
            conditions.add(AUDIT_LOG.ACTOR.eq(actor));
        }
        if (userId != null) {
            conditions.add(AUDIT_LOG.USER_ID.eq(userKey(userId)));
        }
        if (actions != null) {
            conditions.add(AUDIT_LOG.ACTION.in(actions));
        }
        if (target != null) {
            conditions.add(AUDIT_LOG.TARGET.eq(target));
        }
        if (address != null) {
            conditions.add(AUDIT_LOG.ADDRESS.eq(address));
        }
        if (from != null) {
            conditions.add(AUDIT_LOG.TIME_NS.ge(Timestamps.nanos(from)));
        }
        if (until != null) {
            conditions.add(AUDIT_LOG.TIME_NS.lt(Timestamps.nanos(until)));
        }
        return DSL.and(conditions);
    }

    private static long userKey(String id) {
        return GlobalId.keyOf(AuditReader.USER, id)
                .orElseThrow(
                        () ->
                                ApiException.unprocessable(
                                        "user_id must be the id of a user, was %s; take it from an entry"
                                                .formatted(id)));
    }
}
