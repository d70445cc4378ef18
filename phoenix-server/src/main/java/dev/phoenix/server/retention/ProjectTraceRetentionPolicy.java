package dev.phoenix.server.retention;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_TRACE_RETENTION_POLICIES;

import dev.phoenix.server.api.GlobalId;
import org.jooq.Record;

/**
 * A policy as it is stored.
 *
 * @param sweptNs the hour of the cron expression that was swept last
 */
record ProjectTraceRetentionPolicy(
        long key, String name, CronExpression cron, RetentionRule rule, long sweptNs) {

    static final String TYPE = "ProjectTraceRetentionPolicy";

    /** The policy of projects that have none of their own. */
    static final long DEFAULT = 0;

    static ProjectTraceRetentionPolicy from(Record row) {
        return new ProjectTraceRetentionPolicy(
                row.get(PROJECT_TRACE_RETENTION_POLICIES.ID),
                row.get(PROJECT_TRACE_RETENTION_POLICIES.NAME),
                CronExpression.parse(row.get(PROJECT_TRACE_RETENTION_POLICIES.CRON_EXPRESSION)),
                RetentionRule.of(
                        row.get(PROJECT_TRACE_RETENTION_POLICIES.MAX_DAYS),
                        row.get(PROJECT_TRACE_RETENTION_POLICIES.MAX_COUNT)),
                row.get(PROJECT_TRACE_RETENTION_POLICIES.SWEPT_NS));
    }

    public String id() {
        return GlobalId.encode(TYPE, key);
    }

    public String cronExpression() {
        return cron.text();
    }
}
