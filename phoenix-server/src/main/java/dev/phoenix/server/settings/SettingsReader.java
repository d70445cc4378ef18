package dev.phoenix.server.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads typed values from a map of variables. Values are trimmed; an empty value counts as unset.
 */
final class SettingsReader {

    private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> variables;

    SettingsReader(Map<String, String> variables) {
        this.variables = variables;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** As it is, where unset and empty are two things. */
    Optional<String> raw(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    boolean flag(String name, boolean defaultValue) {
        return text(name).map(value -> parseFlag(name, value)).orElse(defaultValue);
    }

    int integer(String name, int defaultValue, int min, int max) {
        return Math.toIntExact(number(name, defaultValue, min, max));
    }

    long number(String name, long defaultValue, long min, long max) {
        return text(name).map(value -> parseNumber(name, value, min, max)).orElse(defaultValue);
    }

    /**
     * @param range the bounds in words
     */
    OptionalDouble decimal(String name, double min, double max, String range) {
        Optional<String> value = text(name);
        return value.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(parseDecimal(name, value.get(), min, max, range));
    }

    /** A time of minutes, or of a part of one. */
    Duration minutes(String name, double defaultValue) {
        double minutes =
                decimal(name, Math.nextUp(0.0), 100_000_000, "of minutes above 0")
                        .orElse(defaultValue);
        return Duration.ofNanos(Math.max(1, Math.round(minutes * 60e9)));
    }

    /** All that have a value. */
    Set<String> names() {
        return variables.entrySet().stream()
                .filter(variable -> !variable.getValue().isBlank())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Whether a variable whose name matches has a value. */
    boolean anySet(Pattern name) {
        return variables.keySet().stream()
                .anyMatch(
                        variable ->
                                name.matcher(variable).matches()
                                        && !String.valueOf(variables.get(variable)).isBlank());
    }

    /** A TCP port; 0 lets the system choose one. */
    int port(String name, int defaultValue) {
        text(name)
                .filter(value -> SERVICE_LINK.matcher(value).matches())
                .ifPresent(value -> rejectServiceLink(name, value));
        return integer(name, defaultValue, 0, 65535);
    }

    <E extends Enum<E>> E choice(String name, E defaultValue) {
        return text(name).map(value -> parseChoice(name, value, defaultValue)).orElse(defaultValue);
    }

    Optional<URI> url(String name) {
        return text(name).map(value -> parseUrl(name, value));
    }

    /** The address of a collector; http is assumed where no scheme is given. */
    Optional<URI> collector(String name) {
        return text(name)
                .map(value -> parseUrl(name, value.contains("://") ? value : "http://" + value));
    }

    private static boolean parseFlag(String name, String value) {
        return switch (value.toUpperCase(Locale.ROOT)) {
            case "TRUE" -> true;
            case "FALSE" -> false;
            default ->
                    throw new SettingsException(
                            "%s must be TRUE or FALSE, was '%s': set one of the two or unset it."
                                    .formatted(name, value));
        };
    }

    private static long parseNumber(String name, String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            if (min <= number && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below: to the user, "abc" and 70000 break the same rule.
        }
        throw new SettingsException(
                "%s must be a whole number from %d to %d, was '%s': correct it or unset it."
                        .formatted(name, min, max, value));
    }

    private static double parseDecimal(
            String name, String value, double min, double max, String range) {
        try {
            double number = Double.parseDouble(value);
            if (min <= number && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new SettingsException(
                "%s must be a number %s, was '%s': correct it or unset it."
                        .formatted(name, range, value));
    }

    private static void rejectServiceLink(String name, String value) {
        throw new SettingsException(
                ("%s must be a port number, was '%s', which Kubernetes sets for every Service whose name makes this"
                                + " variable: rename that Service, set enableServiceLinks: false on the pod, or set %s"
                                + " yourself.")
                        .formatted(name, value, name));
    }

    private static <E extends Enum<E>> E parseChoice(String name, String value, E defaultValue) {
        E[] choices = defaultValue.getDeclaringClass().getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> choice.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> unknownChoice(name, value, choices));
    }

    private static SettingsException unknownChoice(String name, String value, Enum<?>[] choices) {
        String allowed =
                Arrays.stream(choices)
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        return new SettingsException(
                "%s must be one of %s, was '%s': set one of them or unset it."
                        .formatted(name, allowed, value));
    }

    private static URI parseUrl(String name, String value) {
        try {
            URI url = new URI(value);
            if (("http".equalsIgnoreCase(url.getScheme())
                            || "https".equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new SettingsException(
                "%s must be a URL with http or https and a host, was '%s': write it like https://phoenix.example.com."
                        .formatted(name, value));
    }
}
