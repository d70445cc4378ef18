package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PublicApiTest {

    @Test
    void publicApi_isWhatApiTxtSays() throws IOException, InterruptedException {
        assumeTrue(Runtime.version().feature() >= 25, "the tool reads class files with JDK 25");
        Process tool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "../tools/PublicApi.java",
                                "target/classes",
                                "api.txt",
                                System.getProperty("api.write", "false"))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tool.waitFor()).as(said).isZero();
    }
}
