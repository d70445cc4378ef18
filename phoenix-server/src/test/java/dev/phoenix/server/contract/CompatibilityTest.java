package dev.phoenix.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

    private static final Path FILE = Path.of("../docs/compatibility.md");
    private static final Path PERMISSIONS = Path.of("../docs/permissions.md");

    @Test
    void committedFile_saysWhatTheServerDoes() throws IOException {
        String document;
        try (TestServer server = TestServer.start(TestEngine.SQLITE, Map.of())) {
            document =
                    CompatibilityDocument.write(
                            OpenApiDocument.parse(new Api(server).get("/openapi.json")), walked());
        }
        if (System.getProperty("compatibility.write") != null) {
            Files.writeString(FILE, document);
        }
        assertThat(Files.readString(FILE))
                .as("%s is stale; the command at its top writes it again", FILE)
                .isEqualTo(document);
    }

    /** As the generated file about permissions lists them; a test of its own walks them all. */
    private static Set<String> walked() throws IOException {
        Pattern operation = Pattern.compile("^\\| `([A-Z]+ /[^`]*)` \\|");
        return Files.readAllLines(PERMISSIONS).stream()
                .map(operation::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
    }
}
