package dev.phoenix.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

    private static final Path FILE = Path.of("../docs/compatibility.md");

    @Test
    void committedFile_saysWhatTheServerDoes() throws IOException {
        String document;
        try (TestServer server = TestServer.start(TestEngine.SQLITE, Map.of())) {
            document =
                    CompatibilityDocument.write(
                            OpenApiDocument.parse(new Api(server).get("/openapi.json")),
                            path -> answers(server.get(path)));
        }
        if (System.getProperty("compatibility.write") != null) {
            Files.writeString(FILE, document);
        }
        assertThat(Files.readString(FILE))
                .as("%s is stale; the command at its top writes it again", FILE)
                .isEqualTo(document);
    }

    /** The web interface answers at every address that is nobody's. */
    private static boolean answers(HttpResponse<String> answer) {
        return answer.statusCode() == 200
                && !answer.headers().firstValue("content-type").orElse("").startsWith("text/html");
    }
}
