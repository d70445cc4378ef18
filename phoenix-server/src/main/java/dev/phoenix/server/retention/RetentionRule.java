package dev.phoenix.server.retention;

import dev.phoenix.server.api.ApiException;
import org.jspecify.annotations.Nullable;

/** Which traces are kept. Zero is no limit. */
sealed interface RetentionRule {

    /** Null where days do not matter. */
    default @Nullable Double days() {
        return null;
    }

    /** Null where the number does not matter. */
    default @Nullable Integer count() {
        return null;
    }

    /** Those that started within so many days. */
    record TraceRetentionRuleMaxDays(double maxDays) implements RetentionRule {

        @Override
        public Double days() {
            return maxDays;
        }
    }

    /** The newest of each project. */
    record TraceRetentionRuleMaxCount(int maxCount) implements RetentionRule {

        @Override
        public Integer count() {
            return maxCount;
        }
    }

    /** Those that fulfil both. */
    record TraceRetentionRuleMaxDaysOrCount(double maxDays, int maxCount) implements RetentionRule {

        @Override
        public Double days() {
            return maxDays;
        }

        @Override
        public Integer count() {
            return maxCount;
        }
    }

    static RetentionRule of(@Nullable Double days, @Nullable Long count) {
        if (days == null) {
            return new TraceRetentionRuleMaxCount(count == null ? 0 : count.intValue());
        }
        return count == null
                ? new TraceRetentionRuleMaxDays(days)
                : new TraceRetentionRuleMaxDaysOrCount(days, count.intValue());
    }

    /** As people send it: GraphQL would hide what a constructor says. */
    default RetentionRule checked() {
        Double days = days();
        if (days != null && !(days >= 0 && days <= 36_500)) {
            throw ApiException.unprocessable("maxDays must be 0..36500, was " + days);
        }
        Integer count = count();
        if (count != null && count < 0) {
            throw ApiException.unprocessable("maxCount must be 0 or more, was " + count);
        }
        return this;
    }
}
