package dev.phoenix.server.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/filters.md shows is true. */
class FilterDocumentTest {

    private static final Pattern EXAMPLES =
            Pattern.compile("```(span|trace|session)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REFUSAL =
            Pattern.compile("\\| `([^`|]+)` \\| (character \\d.*) \\|");

    private final String text = Files.readString(document());

    FilterDocumentTest() throws IOException {}

    @Test
    void examples_areConditions() {
        var examples = EXAMPLES.matcher(text).results().toList();
        assertThat(examples).hasSizeGreaterThan(3);
        for (var example : examples) {
            Source source = Source.valueOf(example.group(1).toUpperCase(Locale.ROOT));
            example.group(2)
                    .lines()
                    .forEach(
                            line ->
                                    assertThatCode(() -> Typing.type(source, line))
                                            .as(line)
                                            .doesNotThrowAnyException());
        }
    }

    @Test
    void messages_areThoseOfTheServer() {
        var refusals = REFUSAL.matcher(text).results().toList();
        assertThat(refusals).hasSize(3);
        for (var refusal : refusals) {
            assertThat(catchThrowable(() -> Typing.type(Source.SPAN, refusal.group(1))))
                    .hasMessage(refusal.group(2));
        }
    }

    @Test
    void everyNameOfTracesAndSessions_isDescribed() {
        for (Source source : new Source[] {Source.SPAN, Source.SESSION, Source.TRACE}) {
            for (String name : source.names()) {
                String shown =
                        name.replace("cumulative_llm_token_count_", "cumulative_token_count.");
                boolean described = text.contains(shown) || shown.matches("cumulative.*");
                assertThat(described).as(source + " " + name).isTrue();
            }
        }
    }

    private static Path document() {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.exists(folder.resolve("docs/filters.md"))) {
                return folder.resolve("docs/filters.md");
            }
        }
        throw new AssertionError("docs/filters.md is in no folder above");
    }
}
