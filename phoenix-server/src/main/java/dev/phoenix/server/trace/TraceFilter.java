package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import dev.phoenix.server.api.TimeRange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Which traces of a project to list.
 *
 * @param sessionKeys traces of these sessions only; empty for those of all sessions and of none
 * @param asked what else the caller asked for
 */
record TraceFilter(
        TimeRange range,
        Optional<Collection<Long>> sessionKeys,
        @Nullable Boolean error,
        @Nullable Double minLatencyMs,
        @Nullable Double maxLatencyMs,
        Condition asked) {

    static TraceFilter in(TimeRange range, Condition asked) {
        return new TraceFilter(range, Optional.empty(), null, null, null, asked);
    }

    Condition condition() {
        return range.contains(TRACES.START_NS)
                .and(sessionKeys.map(TRACES.SESSION_KEY::in).orElse(DSL.noCondition()))
                .and(errors())
                .and(latency())
                .and(asked);
    }

    private Condition errors() {
        return error == null
                ? DSL.noCondition()
                : error ? TRACES.ERROR_COUNT.gt(0L) : TRACES.ERROR_COUNT.eq(0L);
    }

    private Condition latency() {
        var latency = TRACES.END_NS.minus(TRACES.START_NS);
        Condition from =
                minLatencyMs == null
                        ? DSL.noCondition()
                        : latency.ge(nanos(minLatencyMs, RoundingMode.CEILING));
        return maxLatencyMs == null
                ? from
                : from.and(latency.le(nanos(maxLatencyMs, RoundingMode.FLOOR)));
    }

    private static long nanos(double millis, RoundingMode rounding) {
        BigDecimal nanos = BigDecimal.valueOf(millis).movePointRight(6).setScale(0, rounding);
        return nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }
}
