package dev.phoenix.server.retention;

import dev.phoenix.server.api.ApiException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hours of the week in UTC, as five fields of cron of which minute, day of month and month are
 * fixed. Sunday is 0.
 */
record CronExpression(String text, BitSet hours, BitSet days) {

    private static final int HOURS_OF_WEEK = 168;

    /** {@code *}, {@code 3}, {@code 1-5}, each with a step; a number with a step has no end. */
    private static final Pattern PART =
            Pattern.compile("(?:(\\*)|(\\d{1,2})(?:-(\\d{1,2}))?)(?:/(\\d{1,2}))?");

    static CronExpression parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 5) {
            throw invalid(text, "must have five fields");
        }
        if (!fields[0].equals("0")) {
            throw invalid(text, "must have the minute 0");
        }
        if (!fields[2].equals("*") || !fields[3].equals("*")) {
            throw invalid(text, "must have * as day of month and as month");
        }
        return new CronExpression(
                String.join(" ", fields), field(text, fields[1], 23), field(text, fields[4], 6));
    }

    private static BitSet field(String text, String field, int last) {
        BitSet values = new BitSet(last + 1);
        for (String part : field.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw invalid(
                        text, "has the part '%s' that is no number, range or step".formatted(part));
            }
            boolean stepped = matcher.group(4) != null;
            int step = stepped ? Integer.parseInt(matcher.group(4)) : 1;
            int from = matcher.group(1) != null ? 0 : Integer.parseInt(matcher.group(2));
            int to = last;
            if (matcher.group(3) != null) {
                to = Integer.parseInt(matcher.group(3));
            } else if (matcher.group(1) == null && !stepped) {
                to = from;
            }
            if (step < 1 || from > to || to > last) {
                throw invalid(text, "has the part '%s' outside of 0-%d".formatted(part, last));
            }
            for (int value = from; value <= to; value += step) {
                values.set(value);
            }
        }
        return values;
    }

    /** The latest hour that it names, not after this time. */
    Instant lastHour(Instant now) {
        ZonedDateTime hour = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS);
        for (int back = 0; back < HOURS_OF_WEEK; back++) {
            ZonedDateTime candidate = hour.minusHours(back);
            if (hours.get(candidate.getHour())
                    && days.get(candidate.getDayOfWeek().getValue() % 7)) {
                return candidate.toInstant();
            }
        }
        throw new IllegalStateException(text + " names no hour of the week");
    }

    private static ApiException invalid(String text, String rule) {
        return ApiException.unprocessable(
                "cronExpression %s, such as 0 0 * * 0 for Sundays at midnight UTC, was '%s'"
                        .formatted(rule, text));
    }
}
