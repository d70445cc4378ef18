package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Pace;
import java.time.Duration;

/**
 * How one server is measured.
 *
 * @param steady at a share of what was measured before; zero leaves it out
 * @param offered spans/s to offer while measuring; zero for as many as the server takes
 */
record IngestPhases(
        Duration warmUp, Duration measured, Duration steady, int connections, double offered) {

    static final double STEADY_SHARE = 0.8;

    /** By how much the measured phase may be faster than the warm-up. */
    private static final double MARGIN = 1.4;

    /** At most so many requests are sent while measuring. */
    long requestsMeasured(double spansPerSecond, int spansPerRequest) {
        double rate = offered > 0 ? offered : MARGIN * spansPerSecond;
        return (long) (rate * measured.toSeconds() / spansPerRequest);
    }

    /** So many requests are sent at {@link #STEADY_SHARE} of a rate. */
    long requestsSteady(double spansPerSecond, int spansPerRequest) {
        return (long) (STEADY_SHARE * spansPerSecond * steady.toSeconds() / spansPerRequest) + 1;
    }

    Pace pace() {
        return offered > 0 ? new Pace.Open(offered) : new Pace.Closed();
    }

    @Override
    public String toString() {
        return "%d s warm-up, %d s measured, %s, %d s at %.0f %% of that, %d connections"
                .formatted(
                        warmUp.toSeconds(),
                        measured.toSeconds(),
                        offered > 0 ? "open loop at " + offered : "closed loop",
                        steady.toSeconds(),
                        100 * STEADY_SHARE,
                        connections);
    }
}
