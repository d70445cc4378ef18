package dev.phoenix.server.api;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How long the bins of a chart are. */
public enum TimeBinScale {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS),
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS),
    YEAR(ChronoUnit.YEARS);

    private final ChronoUnit unit;

    TimeBinScale(ChronoUnit unit) {
        this.unit = unit;
    }

    /** Start of the bin a time lies in; weeks begin on Mondays. */
    LocalDateTime startOf(LocalDateTime time) {
        return switch (this) {
            case MINUTE, HOUR, DAY -> time.truncatedTo(unit);
            case WEEK ->
                    time.truncatedTo(ChronoUnit.DAYS)
                            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            case YEAR -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1);
        };
    }

    LocalDateTime next(LocalDateTime start) {
        return start.plus(1, unit);
    }
}
