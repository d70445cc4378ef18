package dev.phoenix.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {

    private final CapturedLog log = new CapturedLog();
    private final Path folder;

    EnvFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void clearCache() {
        PhoenixConfig.clearEnvFileCache();
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void value_isUsedWhenTheEnvironmentHasNone() throws IOException {
        write(folder, "PHOENIX_PROJECT=from-file\n");

        assertThat(config().projectName()).isEqualTo("from-file");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void value_givesWayToTheEnvironment() throws IOException {
        write(folder, "PHOENIX_PROJECT=from-file\n");

        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(Map.of("PHOENIX_PROJECT", "from-env"))
                        .cwd(folder)
                        .build();

        assertThat(config.projectName()).isEqualTo("from-env");
    }

    @Test
    void file_isFoundInAParent_nearestWins() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("a/b/c"));
        write(folder, "PHOENIX_PROJECT=far\n");
        assertThat(config(deep).projectName()).isEqualTo("far");

        write(folder.resolve("a"), "PHOENIX_PROJECT=near\n");
        PhoenixConfig.clearEnvFileCache();
        assertThat(config(deep).projectName()).isEqualTo("near");
    }

    @Test
    void lines_areReadByTheirGrammar() throws IOException {
        write(
                folder,
                """
                # PHOENIX_PROJECT=comment

                export PHOENIX_PROJECT = first
                  PHOENIX_PROJECT="quoted = with equals"
                PHOENIX_API_KEY='a=b=='
                OPENAI_API_KEY=secret
                PHOENIX_ENDPOINT=
                PHOENIX-CLIENT=x
                just text
                PHOENIX_CLIENT_HEADERS="x-one=1\n""");

        PhoenixConfig config = config();

        assertThat(config.projectName()).isEqualTo("quoted = with equals");
        assertThat(config.apiKey()).contains("a=b==");
        assertThat(config.source(Setting.API_BASE_URL)).isEqualTo(new Provenance.Default());
        assertThat(config.source(Setting.PROJECT))
                .isEqualTo(
                        new Provenance.EnvFile(folder.resolve(".env.phoenix"), "PHOENIX_PROJECT"));
    }

    @Test
    void fileOfMoreThan64KiB_isIgnored() throws IOException {
        write(folder, "PHOENIX_PROJECT=x\n#" + "x".repeat(64 * 1024));

        assertIgnored("it is larger than 64 KiB");
    }

    @Test
    void fileOfExactly64KiB_isUsed() throws IOException {
        String line = "PHOENIX_PROJECT=x\n#";
        write(folder, line + "x".repeat(64 * 1024 - line.length()));

        assertThat(config().projectName()).isEqualTo("x");
    }

    @Test
    void fileThatIsNotUtf8_isIgnored() throws IOException {
        Files.write(
                folder.resolve(".env.phoenix"),
                "PHOENIX_PROJECT=caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertIgnored("it is not valid UTF-8");
    }

    @Test
    void fileOfAnotherUser_isIgnoredAndTheSearchGoesOn() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        write(folder, "PHOENIX_PROJECT=mine\n");
        write(inner, "PHOENIX_PROJECT=theirs\n");
        Path theirs = inner.resolve(".env.phoenix").toRealPath();

        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(Map.of())
                        .cwd(inner)
                        .fileOwner(path -> !path.equals(theirs))
                        .build();

        assertThat(config.projectName()).isEqualTo("mine");
        assertThat(log.warnings())
                .containsExactly(
                        inner.resolve(".env.phoenix") + " is ignored: it belongs to another user");
    }

    @Test
    void folderWithTheNameOfTheFile_isIgnored() throws IOException {
        Files.createDirectory(folder.resolve(".env.phoenix"));

        assertIgnored("it is not a regular file");
    }

    @Test
    void linkToADevice_isIgnored() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve(".env.phoenix"), Path.of("/dev/zero"));

        assertIgnored("it is not a regular file");
        Files.delete(link);
    }

    @Test
    void danglingLink_isIgnored() throws IOException {
        Files.createSymbolicLink(folder.resolve(".env.phoenix"), folder.resolve("nowhere"));

        assertIgnored("it cannot be read");
    }

    @Test
    void linkToARegularFile_isFollowed() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        write(shared, "PHOENIX_PROJECT=linked\n");
        Files.createSymbolicLink(folder.resolve(".env.phoenix"), shared.resolve(".env.phoenix"));

        assertThat(config().projectName()).isEqualTo("linked");
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----,true", "rw--w----,true", "rw----r--,true", "rw-------,false"})
    void openFile_isUsedWithOneWarning(String permissions, boolean warned) throws IOException {
        write(folder, "PHOENIX_PROJECT=x\n");
        Path file = folder.resolve(".env.phoenix");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThat(config().projectName()).isEqualTo("x");
        PhoenixConfig.clearEnvFileCache();
        assertThat(config().projectName()).isEqualTo("x");
        if (warned) {
            assertThat(log.warnings())
                    .containsExactly(
                            file
                                    + " can be read or changed by other users; run: chmod 600 "
                                    + file);
        } else {
            assertThat(log.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "no", "off", "FALSE", " Off "})
    void discovery_canBeForbidden(String value) throws IOException {
        write(folder, "PHOENIX_PROJECT=x\n");

        PhoenixConfig config =
                PhoenixConfig.builder()
                        .env(Map.of("PHOENIX_DISCOVER_CONFIG", value))
                        .cwd(folder)
                        .build();

        assertThat(config.projectName()).isEqualTo("default");
    }

    @Test
    void folderThatDoesNotExist_meansNoFile() {
        assertThat(config(folder.resolve("gone")).projectName()).isEqualTo("default");
    }

    @Test
    void result_isCachedUntilCleared() throws IOException {
        assertThat(config().projectName()).isEqualTo("default");
        write(folder, "PHOENIX_PROJECT=new\n");
        assertThat(config().projectName()).isEqualTo("default");

        PhoenixConfig.clearEnvFileCache();
        assertThat(config().projectName()).isEqualTo("new");
    }

    private void assertIgnored(String reason) {
        assertThat(config().projectName()).isEqualTo("default");
        assertThat(log.warnings())
                .containsExactly(folder.resolve(".env.phoenix") + " is ignored: " + reason);
    }

    private PhoenixConfig config() {
        return config(folder);
    }

    private static PhoenixConfig config(Path folder) {
        return PhoenixConfig.builder().env(Map.of()).cwd(folder).build();
    }

    static void write(Path folder, String text) throws IOException {
        Path file = folder.resolve(".env.phoenix");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
