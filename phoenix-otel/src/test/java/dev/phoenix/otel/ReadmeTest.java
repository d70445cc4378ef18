package dev.phoenix.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows compiles. */
class ReadmeTest {

    private static final String AROUND =
            """
            import dev.langchain4j.model.chat.ChatModel;
            import dev.langchain4j.model.embedding.EmbeddingModel;
            import dev.langchain4j.model.openai.OpenAiChatModel;
            import dev.langchain4j.rag.content.retriever.ContentRetriever;
            import dev.langchain4j.service.AiServices;
            import dev.phoenix.otel.*;
            import dev.phoenix.otel.langchain4j.*;
            import io.opentelemetry.context.Scope;
            import java.util.*;

            abstract class Snippet {
                interface Assistant {
                    String chat(String message);
                }

                interface Shop {
                    List<String> search(String query);
                }

                Assistant assistant;
                Shop shop;
                String question;
                String key;
                OiTracer tracer;
                EmbeddingModel embeddingModel;
                ContentRetriever retriever;

                void run() throws Exception {
                    SNIPPET
                }
            }
            """;

    @ParameterizedTest
    @MethodSource("snippets")
    void snippet_compiles(String snippet, @TempDir Path folder) {
        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled =
                compiler.getTask(
                                said,
                                null,
                                null,
                                List.of(
                                        "-proc:none",
                                        "-d",
                                        folder.toString(),
                                        "-cp",
                                        System.getProperty(
                                                "surefire.test.class.path",
                                                System.getProperty("java.class.path"))),
                                null,
                                List.of(new Source(AROUND.replace("SNIPPET", snippet))))
                        .call();

        assertThat(compiled).as(said.toString()).isTrue();
    }

    static Stream<String> snippets() throws IOException {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map((MatchResult match) -> match.group(1));
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Snippet.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
