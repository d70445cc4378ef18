package dev.phoenix.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "sqlite:////var/lib/phoenix.db, /var/lib/phoenix.db",
        "sqlite+aiosqlite:////var/lib/phoenix.db, /var/lib/phoenix.db",
        "sqlite:////var/lib/phoenix.db?timeout=30&check_same_thread=false, /var/lib/phoenix.db",
        "sqlite:////var/lib/my%20traces.db, /var/lib/my traces.db",
        "sqlite:///file:/var/lib/phoenix.db?uri=true, /var/lib/phoenix.db",
    })
    void absoluteSqliteFile_isKept(String url, Path file) {
        assertThat(DatabaseUrl.parse(url)).isEqualTo(new DatabaseUrl.SqliteFile(file));
    }

    @ParameterizedTest
    @CsvSource({"sqlite:///phoenix.db, phoenix.db", "sqlite:///./data/phoenix.db, data/phoenix.db"})
    void relativeSqliteFile_isInTheCurrentFolder(String url, Path file) {
        assertThat(DatabaseUrl.parse(url))
                .isEqualTo(new DatabaseUrl.SqliteFile(file.toAbsolutePath()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:///:memory:",
                "sqlite://",
                "sqlite:///",
                "sqlite:///file::memory:?cache=shared&uri=true",
                "sqlite:///file:x?mode=memory&cache=shared&uri=true"
            })
    void memory_isMemory(String url) {
        assertThat(DatabaseUrl.parse(url)).isEqualTo(new DatabaseUrl.SqliteMemory());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:s3cret@db.example.com:6543/traces",
                "postgres://ann:s3cret@db.example.com:6543/traces",
                "postgresql+psycopg://ann:s3cret@db.example.com:6543/traces",
                "postgresql+asyncpg://ann:s3cret@db.example.com:6543/traces",
                "postgresql://db.example.com:6543/traces?user=ann&password=s3cret",
                "postgresql:///traces?host=db.example.com&port=6543&user=ann&password=s3cret",
                "postgresql://ann@db.example.com:6543/traces?password=s3cret",
                "postgresql://ann:s3cret@db.example.com:6543/traces?",
            })
    void postgres_isReadInEveryForm(String url) {
        assertThat(DatabaseUrl.parse(url))
                .isEqualTo(
                        new DatabaseUrl.Postgres(
                                "db.example.com",
                                6543,
                                Optional.of("traces"),
                                Optional.of("ann"),
                                Optional.of(Secret.of("s3cret")),
                                Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "postgresql://ann:p%40ss%2Fw%25rd@db/x p@ss/w%rd",
                "postgresql://ann:p@ss@db/x p@ss",
                "postgresql://ann:p/a?b:c@db/x p/a?b:c",
                "postgresql://ann:a+b@db/x a+b",
                "postgresql://db/x?user=ann&password=p%26q p&q",
                "postgresql://db/x?user=ann&password=p@q p@q",
            })
    void password_isTakenAsMeant(String url, String password) {
        assertThat(DatabaseUrl.parse(url))
                .isEqualTo(
                        new DatabaseUrl.Postgres(
                                "db",
                                5432,
                                Optional.of("x"),
                                Optional.of("ann"),
                                Optional.of(Secret.of(password)),
                                Map.of()));
    }

    @Test
    void missingParts_haveLibpqsDefaults() {
        assertThat(DatabaseUrl.parse("postgresql://ann@[::1]"))
                .isEqualTo(
                        new DatabaseUrl.Postgres(
                                "::1",
                                5432,
                                Optional.empty(),
                                Optional.of("ann"),
                                Optional.empty(),
                                Map.of()));
        assertThat(DatabaseUrl.parse("postgresql://ann@[::1]").display())
                .isEqualTo("postgresql://ann@[::1]:5432/ann");
    }

    @ParameterizedTest
    @CsvSource({
        "sslmode=verify-full, sslmode, verify-full",
        "ssl=require, sslmode, require",
        "ssl=true, sslmode, require",
        "sslrootcert=/ca.pem, sslrootcert, /ca.pem",
        "sslpassword=x, sslpassword, x",
        "connect_timeout=3, connectTimeout, 3",
        "application_name=traces, ApplicationName, traces",
        "channel_binding=require, channelBinding, require",
    })
    void parameter_isGivenToTheDriver(String query, String property, String value) {
        DatabaseUrl.Postgres url =
                (DatabaseUrl.Postgres) DatabaseUrl.parse("postgresql://db/x?" + query);
        assertThat(url.properties()).isEqualTo(Map.of(property, value));
    }

    @Test
    void parameterOfAnotherDriver_isLeftOut() {
        DatabaseUrl.Postgres url =
                (DatabaseUrl.Postgres)
                        DatabaseUrl.parse(
                                "postgresql://db/x?sslsni=1&prepared_statement_cache_size=0");
        assertThat(url.properties()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://db/x|PHOENIX_SQL_DATABASE_URL must start with sqlite:/// or postgresql://, but has the scheme mysql: write it like sqlite:////var/lib/phoenix/phoenix.db or postgresql://user:password@host:5432/database.",
                "/var/lib/x|PHOENIX_SQL_DATABASE_URL must start with sqlite:/// or postgresql://, but has no scheme: write it like sqlite:////var/lib/phoenix/phoenix.db or postgresql://user:password@host:5432/database.",
                "sqlite://phoenix.db|PHOENIX_SQL_DATABASE_URL must have three slashes before a relative SQLite file and four before an absolute one, was 'sqlite://phoenix.db': write sqlite:///phoenix.db.",
                "postgresql://db:x/y|PHOENIX_SQL_DATABASE_URL must have a port from 1 to 65535 after the host, was 'x': correct it or leave it out for 5432.",
                "postgresql:///y?host=/var/run|PHOENIX_SQL_DATABASE_URL names the unix socket /var/run, but the server connects over TCP only: use a host name and a port.",
                "postgresql://db/y?sslmode=on|PHOENIX_SQL_DATABASE_URL has sslmode 'on', but it must be one of disable, allow, prefer, require, verify-ca, verify-full: use verify-full to check the server's certificate.",
                "postgresql://ann:100%@db/y|PHOENIX_SQL_DATABASE_URL has a % sign that does not start a percent-encoded character: write %25 for a plain one.",
            })
    void wrongUrl_isToldInOneSentence(String url, String sentence) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(SettingsException.class)
                .hasMessage(sentence);
    }

    @Test
    void securityTheDriverLacks_isNotPassedOver() {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://db/x?sslcrl=/crl.pem"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "PHOENIX_SQL_DATABASE_URL has the parameter 'sslcrl', which is not supported: remove it, or use one of ");
    }
}
