package dev.phoenix.server.settings;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom the server believes about where a request comes from.
 *
 * @param trustedHosts if not empty, the only hosts whose pages may send requests beside the
 *     server's own, whatever their port and scheme
 * @param allowedOrigins whose pages may read answers, with the cookies of their users
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param rateLimit whether log-ins are counted by address, and a caller's requests wait for each
 *     other
 */
public record BrowserSettings(
        Set<String> trustedHosts,
        List<String> allowedOrigins,
        List<AddressRange> trustedProxies,
        boolean rateLimit) {

    private static final Set<String> WEB = Set.of("http", "https");

    static BrowserSettings read(SettingsReader reader) {
        return new BrowserSettings(
                list(reader, "PHOENIX_CSRF_TRUSTED_ORIGINS")
                        .map(BrowserSettings::host)
                        .collect(Collectors.toUnmodifiableSet()),
                list(reader, "PHOENIX_ALLOWED_ORIGINS").map(BrowserSettings::origin).toList(),
                list(reader, "PHOENIX_TRUSTED_PROXIES").map(BrowserSettings::range).toList(),
                !reader.flag("PHOENIX_DISABLE_RATE_LIMIT", false));
    }

    private static Stream<String> list(SettingsReader reader, String name) {
        return reader.text(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty());
    }

    private static String host(String entry) {
        return parse(entry)
                .filter(uri -> WEB.contains(uri.getScheme().toLowerCase(Locale.ROOT)))
                .map(uri -> uri.getHost().toLowerCase(Locale.ROOT))
                .orElseThrow(
                        () ->
                                new SettingsException(
                                        "PHOENIX_CSRF_TRUSTED_ORIGINS must be a comma-separated list of origins, had '%s': write them like https://phoenix.example.com."
                                                .formatted(entry)));
    }

    private static String origin(String entry) {
        if (entry.equals("*")) {
            throw new SettingsException(
                    "PHOENIX_ALLOWED_ORIGINS must not be *, because every website could then act for whoever visits it: list the origins.");
        }
        return parse(entry.replaceFirst("/$", ""))
                .filter(uri -> uri.getRawPath().isEmpty() && uri.getRawQuery() == null)
                .map(uri -> uri.toString().toLowerCase(Locale.ROOT))
                .orElseThrow(
                        () ->
                                new SettingsException(
                                        "PHOENIX_ALLOWED_ORIGINS must be a comma-separated list of origins, had '%s': write them like https://app.example.com."
                                                .formatted(entry)));
    }

    private static AddressRange range(String entry) {
        return AddressRange.parse(entry)
                .orElseThrow(
                        () ->
                                new SettingsException(
                                        "PHOENIX_TRUSTED_PROXIES must be a comma-separated list of addresses and ranges, had '%s': write them like 10.0.0.0/8."
                                                .formatted(entry)));
    }

    private static Optional<URI> parse(String entry) {
        try {
            URI uri = URI.create(entry);
            return uri.getScheme() != null && uri.getHost() != null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
