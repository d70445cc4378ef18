package dev.phoenix.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoenixCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    void migrate_tellsTheVersion() {
        String url = "sqlite:///" + folder.resolve("phoenix.db");
        assertThat(run("db", "migrate", "--database-url", url)).isZero();
        assertThat(out.toString())
                .matches(Pattern.quote(url) + " is at schema version [1-9]\\d*\\.\n");
    }

    @Test
    void recount_tellsThatNothingDiffers() {
        String url = "sqlite:///" + folder.resolve("phoenix.db");
        assertThat(run("db", "recount", "--database-url", url)).isZero();
        assertThat(out.toString()).isEqualTo(url + ": 0 differences.\n");
    }

    @Test
    void rederive_asksForAllSpansToBeReadAnew() {
        String url = "sqlite:///" + folder.resolve("phoenix.db");
        assertThat(run("db", "rederive", "--database-url", url)).isZero();
        assertThat(out.toString())
                .startsWith(url + ": all stored spans will be read anew, see rederivation ");
    }

    @Test
    void flag_winsOverTheEnvironmentAndIsRefusedInOneSentence() {
        assertThat(run("serve", "--port", "many")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        "phoenix: PHOENIX_PORT must be a whole number from 0 to 65535, was 'many': correct it or unset it.\n");
    }

    @Test
    void unknownFixture_isRefusedWithTheNamesThereAre() {
        assertThat(run("trace-fixture", "no-such-recording")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("phoenix: 'no-such-recording' is no recording: choose from ")
                .contains("oi-py-langchain-rag")
                .hasLineCount(1);
        assertThat(run("serve", "--with-projects", "demo-java,nobody")).isEqualTo(1);
        assertThat(err.toString()).contains("'nobody' is no project of recordings");
    }

    @Test
    void withoutCommand_itServes() {
        assertThat(run("--port", "many")).isEqualTo(1);
        assertThat(err.toString()).startsWith("phoenix: PHOENIX_PORT must be");
    }

    @Test
    void unknownFlag_isAUsageError() {
        assertThat(run("serve", "--prot", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option");
    }

    @Test
    void help_listsTheCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("serve", "demo", "db");
    }

    @Test
    void version_isPrinted() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("compatible with version 20.26.1");
    }

    @Test
    void demo_tellsWhoMaySendAndSendsWithAKey() {
        try (TestServer server = TestServer.start(TestEngine.SQLITE, TestServer.AUTHENTICATION)) {
            String endpoint = server.baseUrl().toString();
            assertThat(run("demo", "--endpoint", endpoint)).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("phoenix: " + endpoint)
                    .contains("no key was given", "--api-key")
                    .hasLineCount(1);
            assertThat(run("demo", "--endpoint", endpoint, "--api-key", TestServer.ADMIN_SECRET))
                    .isZero();
            assertThat(out.toString()).contains("Sent ");
        }
    }

    private int run(String... args) {
        return new PhoenixCommand(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true))
                .run(args);
    }
}
