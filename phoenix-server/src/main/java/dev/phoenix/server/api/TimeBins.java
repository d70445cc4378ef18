package dev.phoenix.server.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The parts of a time range that a chart shows, by the calendar at a fixed offset from UTC. */
public final class TimeBins {

    static final int MOST = 5000;

    private static final int MINUTES_PER_HOUR = 60;

    private final TimeRange range;
    private final long[] startsNs;
    private final boolean wholeHours;

    private TimeBins(TimeRange range, List<Instant> starts, boolean wholeHours) {
        this.range = range;
        this.startsNs = starts.stream().mapToLong(Timestamps::nanos).toArray();
        this.wholeHours = wholeHours;
    }

    /** What a chart asks for. */
    public record Config(TimeBinScale scale, int utcOffsetMinutes) {

        static final Config HOURS = new Config(TimeBinScale.HOUR, 0);

        private ZoneOffset offset() {
            try {
                return ZoneOffset.ofTotalSeconds(Math.multiplyExact(utcOffsetMinutes, 60));
            } catch (DateTimeException | ArithmeticException e) {
                throw ApiException.badRequest(
                        "utcOffsetMinutes must be -1080..1080, was " + utcOffsetMinutes);
            }
        }
    }

    /**
     * @param range must have a start; without an end it lasts until now
     * @param config hours of UTC if missing
     */
    public static TimeBins of(TimeRange range, @Nullable Config config, Instant now) {
        Instant start = range.start();
        if (start == null) {
            throw ApiException.badRequest("timeRange.start must be given for a time series");
        }
        Instant end = range.end() == null ? now : range.end();
        Config wanted = config == null ? Config.HOURS : config;
        boolean wholeHours =
                wanted.scale != TimeBinScale.MINUTE
                        && wanted.utcOffsetMinutes % MINUTES_PER_HOUR == 0;
        return new TimeBins(
                new TimeRange(start, end),
                starts(start, end, wanted.scale, wanted.offset()),
                wholeHours);
    }

    private static List<Instant> starts(
            Instant from, Instant until, TimeBinScale scale, ZoneOffset offset) {
        List<Instant> starts = new ArrayList<>();
        LocalDateTime bin = scale.startOf(LocalDateTime.ofInstant(from, offset));
        LocalDateTime end = LocalDateTime.ofInstant(until, offset);
        for (; bin.isBefore(end); bin = scale.next(bin)) {
            if (starts.size() == MOST) {
                throw ApiException.badRequest(
                        "a time series has at most %d bins; choose a shorter time range or a scale above %s"
                                .formatted(MOST, scale));
            }
            starts.add(bin.toInstant(offset));
        }
        return starts;
    }

    /** Closed at both ends. */
    public TimeRange range() {
        return range;
    }

    /** Whether every hour of UTC lies in one bin. */
    public boolean areWholeHours() {
        return wholeHours;
    }

    public int count() {
        return startsNs.length;
    }

    /** The bin in which a time of the range lies, or a time rounded down to a minute. */
    public int indexOf(long timeNs) {
        int found = Arrays.binarySearch(startsNs, timeNs);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    public Instant start(int bin) {
        return Timestamps.instant(startsNs[bin]);
    }

    /** A new one for each bin, to add up in. */
    public <T> List<T> sums(Supplier<T> empty) {
        return Arrays.stream(startsNs).mapToObj(_ -> empty.get()).toList();
    }

    public <T> List<T> points(IntFunction<T> point) {
        return IntStream.range(0, startsNs.length).mapToObj(point).toList();
    }
}
