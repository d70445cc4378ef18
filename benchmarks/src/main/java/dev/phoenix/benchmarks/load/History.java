package dev.phoenix.benchmarks.load;

import java.time.Duration;
import java.time.Instant;

/**
 * When the traces of a project were: over thirty days, a sixth of them on one day, which is the
 * busiest.
 *
 * @param end when the last day ends
 * @param spans of the project
 */
public record History(String project, Instant end, long spans) {

    public static final int DAYS = 30;

    /** Counted back from the end. */
    public static final int BUSIEST_DAY = 7;

    private static final int SHARE_OF_BUSIEST = 6;
    private static final long DAY_NS = Duration.ofDays(1).toNanos();
    private static final long MILLI_NS = 1_000_000;
    private static final int SLOWEST_MS = 20_000;

    /** When the busiest day begins. */
    public Instant busiestDay() {
        return end.minus(Duration.ofDays(BUSIEST_DAY));
    }

    /**
     * Later traces start later, as they arrive, but for the busiest day, which comes in between.
     */
    long startNs(long trace) {
        long traces = Math.max(1, spans / TraceTemplates.SPANS);
        long busiest = traces / SHARE_OF_BUSIEST;
        long others = traces - busiest;
        long before = others * (DAYS - BUSIEST_DAY) / (DAYS - 1);
        long ns;
        if (trace < before) {
            ns = trace * ((DAYS - BUSIEST_DAY) * DAY_NS / Math.max(1, before));
        } else if (trace < before + busiest) {
            ns = (DAYS - BUSIEST_DAY) * DAY_NS + (trace - before) * (DAY_NS / Math.max(1, busiest));
        } else {
            ns =
                    (DAYS - BUSIEST_DAY + 1) * DAY_NS
                            + (trace - before - busiest)
                                    * ((BUSIEST_DAY - 1) * DAY_NS / Math.max(1, others - before));
        }
        return end.minus(Duration.ofDays(DAYS)).getEpochSecond() * 1_000_000_000L + ns;
    }

    long latencyNs(long span) {
        return (1 + Math.floorMod(span * 7_919, SLOWEST_MS)) * MILLI_NS + span % MILLI_NS;
    }

    boolean fails(long span) {
        return Math.floorMod(span * 31, 50) == 0;
    }
}
