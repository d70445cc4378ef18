package dev.phoenix.server.db;

import dev.phoenix.server.settings.DatabaseUrl;
import dev.phoenix.server.settings.SettingsException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells the operator which variable to change when PostgreSQL refuses a connection. */
final class PostgresFailure {

    private PostgresFailure() {}

    static SettingsException explain(
            SQLException problem, DatabaseUrl.Postgres url, String urlVariable) {
        @Nullable String state = problem.getSQLState();
        String sentence =
                switch (state == null ? "" : state) {
                    case "28P01", "28000" ->
                            "%s is refused by PostgreSQL at %s (%s): correct user and password."
                                    .formatted(
                                            part(urlVariable, "PASSWORD"),
                                            address(url),
                                            Reason.of(problem));
                    case "3D000" ->
                            "%s names the database '%s', which PostgreSQL at %s does not have: create it or name another."
                                    .formatted(
                                            part(urlVariable, "DB"),
                                            url.database().or(url::user).orElse(""),
                                            address(url));
                    case "08001", "08006" ->
                            "%s leads to PostgreSQL at %s, which cannot be reached (%s): start it or correct the address."
                                    .formatted(urlVariable, address(url), Reason.of(problem));
                    default ->
                            "%s leads to PostgreSQL at %s, which cannot be used (%s): correct the setting or the database."
                                    .formatted(urlVariable, address(url), Reason.of(problem));
                };
        return new SettingsException(sentence, problem);
    }

    /** With one variable per part, the part; otherwise the URL that holds them all. */
    private static String part(String urlVariable, String name) {
        return urlVariable.startsWith("PHOENIX_POSTGRES_")
                ? "PHOENIX_POSTGRES_" + name
                : urlVariable;
    }

    private static String address(DatabaseUrl.Postgres url) {
        return url.host() + ":" + url.port();
    }
}
