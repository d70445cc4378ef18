package dev.phoenix.server.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where telemetry is stored. */
public sealed interface DatabaseUrl {

    /** Parses {@code PHOENIX_SQL_DATABASE_URL} in any of the forms users have. */
    static DatabaseUrl parse(String url) {
        return DatabaseUrlParser.parse(url);
    }

    /** The URL without anything secret, as shown to people. */
    String display();

    /** A SQLite database in a file. */
    record SqliteFile(Path path) implements DatabaseUrl {

        @Override
        public String display() {
            return "sqlite:///" + path;
        }
    }

    /** A SQLite database that lives as long as the server. */
    record SqliteMemory() implements DatabaseUrl {

        @Override
        public String display() {
            return "sqlite:///:memory:";
        }
    }

    /**
     * A PostgreSQL database.
     *
     * @param properties the remaining parameters under the names of the JDBC driver
     */
    record Postgres(
            String host,
            int port,
            Optional<String> database,
            Optional<String> user,
            Optional<Secret> password,
            Map<String, String> properties)
            implements DatabaseUrl {

        public static final int DEFAULT_PORT = 5432;

        @Override
        public String display() {
            String login = user.map(name -> name + "@").orElse("");
            String address = host.contains(":") ? "[" + host + "]" : host;
            return "postgresql://%s%s:%d/%s"
                    .formatted(login, address, port, database.or(() -> user).orElse(""));
        }

        @Override
        public String toString() {
            // The parameters may hold the password of a key file.
            return display();
        }
    }
}
