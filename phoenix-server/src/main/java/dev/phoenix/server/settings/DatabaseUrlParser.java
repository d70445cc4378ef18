package dev.phoenix.server.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms of a database URL that SQLAlchemy and libpq accept. The URL itself is never quoted: it
 * may hold a password.
 */
final class DatabaseUrlParser {

    private static final String NAME = "PHOENIX_SQL_DATABASE_URL";

    /** The scheme with an optional driver name, as in {@code postgresql+psycopg://}. */
    private static final Pattern SCHEME =
            Pattern.compile("(?<scheme>[A-Za-z]+)(\\+[A-Za-z0-9_]+)?:(//)?(?<rest>.*)");

    /** The last @ ends the credentials: people paste passwords without encoding them. */
    private static final Pattern POSTGRES =
            Pattern.compile(
                    "((?<user>[^:@/]*)(:(?<password>.*))?@)?"
                            + "(\\[(?<ipv6>[^\\]]*)\\]|(?<host>[^:/@\\[\\]]*))(:(?<port>[^/@]*))?(/(?<database>[^@]*))?");

    private static final Pattern QUERY =
            Pattern.compile("\\?([A-Za-z_]+=[^&]*(&[A-Za-z_]+=[^&]*)*)?$");

    private DatabaseUrlParser() {}

    static DatabaseUrl parse(String url) {
        Matcher matcher = SCHEME.matcher(url);
        if (!matcher.matches()) {
            throw unknownScheme("no scheme");
        }
        String scheme = matcher.group("scheme");
        String rest = matcher.group("rest");
        return switch (scheme) {
            case "sqlite" -> sqlite(rest);
            case "postgresql", "postgres" -> postgres(rest);
            default -> throw unknownScheme("the scheme " + scheme);
        };
    }

    private static SettingsException unknownScheme(String found) {
        return new SettingsException(
                "%s must start with sqlite:/// or postgresql://, but has %s: write it like sqlite:////var/lib/phoenix/phoenix.db or postgresql://user:password@host:5432/database."
                        .formatted(NAME, found));
    }

    /**
     * {@code ///file} is relative, {@code ////file} absolute; the parameters belong to the Python
     * driver and mean nothing here.
     */
    private static DatabaseUrl sqlite(String rest) {
        int query = rest.indexOf('?');
        String path = decode(query < 0 ? rest : rest.substring(0, query));
        Map<String, String> parameters = parameters(query < 0 ? "" : rest.substring(query + 1));
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new SettingsException(
                    "%s must have three slashes before a relative SQLite file and four before an absolute one, was 'sqlite://%s': write sqlite:///%s."
                            .formatted(NAME, path, path));
        }
        String file = path.isEmpty() ? "" : path.substring(1);
        if (file.startsWith("file:")) {
            file = file.substring("file:".length());
        }
        if (file.isEmpty() || file.equals(":memory:") || "memory".equals(parameters.get("mode"))) {
            return new DatabaseUrl.SqliteMemory();
        }
        return new DatabaseUrl.SqliteFile(Path.of(file).toAbsolutePath().normalize());
    }

    private static DatabaseUrl postgres(String rest) {
        int query = query(rest);
        Matcher matcher = POSTGRES.matcher(query < 0 ? rest : rest.substring(0, query));
        if (!matcher.matches()) {
            throw new SettingsException(
                    "%s must be like postgresql://user:password@host:5432/database, but its part after // cannot be read: percent-encode special characters in user and password."
                            .formatted(NAME));
        }
        Map<String, String> parameters = parameters(query < 0 ? "" : rest.substring(query + 1));
        String host =
                take(parameters, "host")
                        .or(() -> group(matcher, "ipv6"))
                        .or(() -> group(matcher, "host"))
                        .orElse("localhost");
        if (host.startsWith("/")) {
            throw new SettingsException(
                    "%s names the unix socket %s, but the server connects over TCP only: use a host name and a port."
                            .formatted(NAME, host));
        }
        Optional<String> port = take(parameters, "port").or(() -> group(matcher, "port"));
        return new DatabaseUrl.Postgres(
                host,
                port.map(DatabaseUrlParser::port).orElse(DatabaseUrl.Postgres.DEFAULT_PORT),
                take(parameters, "dbname").or(() -> group(matcher, "database")),
                take(parameters, "user").or(() -> group(matcher, "user")),
                take(parameters, "password").or(() -> group(matcher, "password")).map(Secret::of),
                PostgresParameters.toDriver(NAME, parameters));
    }

    /** The first question mark that parameters follow: a pasted password may have one too. */
    private static int query(String rest) {
        Matcher matcher = QUERY.matcher(rest);
        return matcher.find() ? matcher.start() : -1;
    }

    private static Optional<String> take(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.remove(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<String> group(Matcher matcher, String name) {
        return Optional.ofNullable(matcher.group(name))
                .filter(value -> !value.isEmpty())
                .map(DatabaseUrlParser::decode);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (0 < port && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new SettingsException(
                "%s must have a port from 1 to 65535 after the host, was '%s': correct it or leave it out for %d."
                        .formatted(NAME, text, DatabaseUrl.Postgres.DEFAULT_PORT));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** Percent-decoding only: a plus sign in a password is a plus sign. */
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "%s has a %% sign that does not start a percent-encoded character: write %%25 for a plain one."
                            .formatted(NAME),
                    e);
        }
    }
}
