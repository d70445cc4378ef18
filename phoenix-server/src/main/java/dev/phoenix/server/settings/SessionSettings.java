package dev.phoenix.server.settings;

import java.time.Duration;

/**
 * How long people stay logged in, and the cookies that tell so.
 *
 * @param accessLife of the token a request carries
 * @param refreshLife of the token that gets another one
 * @param secureCookies whether browsers send the cookies over HTTPS only; unless told otherwise
 *     wherever people reach the server over HTTPS
 * @param cookiesPath where below the origin they are sent to
 */
public record SessionSettings(
        Duration accessLife, Duration refreshLife, boolean secureCookies, String cookiesPath) {

    static SessionSettings read(SettingsReader reader, NetworkSettings network, TlsSettings tls) {
        boolean https =
                tls.http()
                        || network.rootUrl()
                                .filter(url -> url.getScheme().equalsIgnoreCase("https"))
                                .isPresent();
        return new SessionSettings(
                reader.minutes("PHOENIX_ACCESS_TOKEN_EXPIRY_MINUTES", 10),
                reader.minutes("PHOENIX_REFRESH_TOKEN_EXPIRY_MINUTES", 10080),
                reader.flag("PHOENIX_USE_SECURE_COOKIES", https),
                reader.text("PHOENIX_COOKIES_PATH").map(SessionSettings::checkPath).orElse("/"));
    }

    private static String checkPath(String path) {
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 127 && c != ';')) {
            throw new SettingsException(
                    "PHOENIX_COOKIES_PATH must start with / and hold neither blanks nor semicolons, was '%s': write it like /phoenix."
                            .formatted(path));
        }
        return path;
    }
}
