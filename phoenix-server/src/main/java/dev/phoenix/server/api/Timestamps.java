package dev.phoenix.server.api;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times on the wire and in the store: nanoseconds since the epoch inside, ISO 8601 with offset
 * outside.
 */
public final class Timestamps {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,9})?");
    private static final Pattern OFFSET = Pattern.compile("(.{13,})([ +-])(\\d\\d):?(\\d\\d)");
    private static final BigDecimal LARGEST_SECONDS = new BigDecimal("2e10");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final DateTimeFormatter DATE_TIME =
            new DateTimeFormatterBuilder()
                    .append(ISO_LOCAL_DATE)
                    .appendLiteral('T')
                    .append(ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private Timestamps() {}

    /**
     * Microseconds or none, and an offset: older Python clients read neither {@code Z} nor other
     * fraction widths.
     */
    public static String format(Instant time) {
        Instant micros = time.truncatedTo(ChronoUnit.MICROS);
        LocalDateTime utc = LocalDateTime.ofEpochSecond(micros.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(32).append(ISO_LOCAL_DATE.format(utc)).append('T');
        appendTwoDigits(text, utc.getHour()).append(':');
        appendTwoDigits(text, utc.getMinute()).append(':');
        appendTwoDigits(text, utc.getSecond());
        if (micros.getNano() != 0) {
            text.append('.').append(String.valueOf(1_000_000 + micros.getNano() / 1000), 1, 7);
        }
        return text.append("+00:00").toString();
    }

    /**
     * All nanoseconds, for cursors: a page boundary rounded to microseconds would repeat or skip
     * rows.
     */
    public static String formatExact(long nanos) {
        return ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofInstant(instant(nanos), ZoneOffset.UTC))
                + "+00:00";
    }

    /**
     * Reads ISO 8601 with or without offset (UTC then), a date alone, or a unix time in seconds or
     * milliseconds.
     *
     * @throws DateTimeException for anything else
     */
    public static Instant parse(String text) {
        String trimmed = text.strip();
        if (NUMBER.matcher(trimmed).matches()) {
            return unixTime(new BigDecimal(trimmed));
        }
        if (trimmed.length() == 10) {
            return LocalDate.parse(trimmed).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        var parsed =
                DATE_TIME.parseBest(normalise(trimmed), OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime time
                ? time.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    }

    /**
     * As {@link #parse}, but empty for a time without an offset, which may mean another hour than
     * the one sent.
     *
     * @throws DateTimeException for what is no time
     */
    public static Optional<Instant> parseZoned(String text) {
        String trimmed = text.strip();
        if (NUMBER.matcher(trimmed).matches()) {
            return Optional.of(parse(trimmed));
        }
        if (trimmed.length() == 10) {
            parse(trimmed);
            return Optional.empty();
        }
        var parsed =
                DATE_TIME.parseBest(normalise(trimmed), OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime time
                ? Optional.of(time.toInstant())
                : Optional.empty();
    }

    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }

    /**
     * Times outside the stored range become its ends, which compares right with every stored time.
     */
    public static long nanos(Instant time) {
        try {
            return Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
        } catch (ArithmeticException e) {
            return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static String normalise(String text) {
        StringBuilder iso = new StringBuilder(text.toUpperCase(Locale.ROOT));
        if (iso.length() > 10 && iso.charAt(10) == ' ') {
            iso.setCharAt(10, 'T');
        }
        Matcher parts = OFFSET.matcher(iso);
        if (!parts.matches()) {
            return iso.toString();
        }
        // An unescaped "+" of a query string arrives as a space.
        String sign = parts.group(2).equals("-") ? "-" : "+";
        return parts.group(1) + sign + parts.group(3) + ":" + parts.group(4);
    }

    private static Instant unixTime(BigDecimal number) {
        BigDecimal seconds =
                number.abs().compareTo(LARGEST_SECONDS) > 0 ? number.movePointLeft(3) : number;
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
    }

    private static StringBuilder appendTwoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
