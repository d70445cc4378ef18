package dev.phoenix.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.settings.Secret;
import dev.phoenix.server.settings.SecretValues;
import dev.phoenix.server.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogScrubberTest {

    private final LogScrubber scrubber =
            new LogScrubber(List.of(Secret.of("configured-hunter2"), Secret.of("admin")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer hunter2.abc-def",
                "authorization=bearer hunter2abcdef",
                "{\"authorization\":\"Basic aHVudGVyMg==hunter2\"}",
                "Cookie: phoenix-access-token=hunter2; phoenix-refresh-token=hunter2",
                "set-cookie: phoenix-access-token=hunter2; Path=/",
                "got eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJodW50ZXIyIn0.hunter2_signature here",
                "GET /reset-password-with-token?token=hunter2&x=1",
                "url postgresql://ann:hunter2@db:5432/x",
                "jdbc:postgresql://db/x?user=ann&password=hunter2&sslpassword=hunter2",
                "PHOENIX_SMTP_PASSWORD=hunter2",
                "{\"client_secret\": \"hunter2\", \"api_key\":\"hunter2\"}",
                "api-key: hunter2",
                "the key sk-hunter2-0123456789abcdef was refused",
                "value gAAAAABhunter2hunter2hunter2hunter2hunter2==",
                "connection with configured-hunter2 failed"
            })
    void credential_isHidden(String line) {
        assertThat(scrubber.scrub(line)).doesNotContain("hunter2").contains("********");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "listening on http://localhost:6006, storing in postgresql://ann@db:5432/x",
                "admin logged in",
                "GET /v1/projects?limit=10 failed",
                "PHOENIX_SECRET has changed",
                "tokens: 120",
                "user.create User:5 by ann@example.com (SESSION) from 192.0.2.1"
            })
    void everythingElse_isLeftAlone(String line) {
        assertThat(scrubber.scrub(line)).isEqualTo(line);
    }

    @Test
    void longLines_areScrubbedInNoTime() {
        String line =
                "password".repeat(20_000) + "a-b.c:".repeat(20_000) + "http://".repeat(20_000);
        long started = System.nanoTime();
        scrubber.scrub(line);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void everySecretOfTheSettings_isKnown() {
        Settings settings =
                Settings.load(
                        Map.of(
                                "PHOENIX_SQL_DATABASE_URL", "postgresql://ann:database-pw@db/x",
                                "PHOENIX_ENABLE_AUTH", "TRUE",
                                "PHOENIX_SECRET", "a-current-secret-0123456789-abcdefg",
                                "PHOENIX_PREVIOUS_SECRETS", "an-earlier-secret-0123456789-abcdef",
                                "PHOENIX_ADMIN_SECRET", "an-admin-secret-0123456789-abcdefgh"));
        assertThat(SecretValues.of(settings).stream().map(Secret::reveal))
                .contains(
                        "database-pw",
                        "a-current-secret-0123456789-abcdefg",
                        "an-earlier-secret-0123456789-abcdef",
                        "an-admin-secret-0123456789-abcdefgh");
    }
}
