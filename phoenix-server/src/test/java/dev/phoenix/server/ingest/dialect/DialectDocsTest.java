package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/dialects.md} says what the rules do; written anew with {@code -Ddialects.write}. */
class DialectDocsTest {

    private static final Path DOCS = Path.of("../docs/dialects.md");
    private static final Path NOT_READ = Path.of("src/test/resources/otlp/facts-not-read.txt");

    @Test
    void page_says_what_the_rules_do() throws IOException {
        String page = page();
        if (System.getProperty("dialects.write") != null) {
            Files.writeString(DOCS, page);
        }
        assertThat(Files.readString(DOCS)).isEqualTo(page);
    }

    private static String page() throws IOException {
        return """
        # Dialects

        What the server reads from spans of other conventions, as OpenInference names. Generated from the rules; do not edit.
        What was sent is never replaced; of two dialects in one span the one further up is right.

        """
                + Dialects.all().stream()
                        .map(DialectDocsTest::section)
                        .collect(Collectors.joining("\n"))
                + notRead();
    }

    /** By reason, how many facts of which recordings. */
    private static String notRead() throws IOException {
        StringBuilder section =
                new StringBuilder(
                        """

                        ## Not read

                        What the recordings in `phoenix-server/src/test/resources/otlp` hold and the server does not show, by reason.

                        | reason | recordings | facts |
                        |---|---|---:|
                        """);
        String reason = "";
        Map<String, Integer> facts = new TreeMap<>();
        for (String line : Files.readAllLines(NOT_READ)) {
            if (line.startsWith("# ")) {
                reason = line.substring(2);
            } else if (line.contains(" | ")) {
                facts.merge(line.substring(0, line.indexOf(" | ")), 1, Integer::sum);
            } else if (line.isBlank()) {
                row(section, reason, facts);
            }
        }
        row(section, reason, facts);
        return section.toString();
    }

    private static void row(StringBuilder section, String reason, Map<String, Integer> facts) {
        if (!facts.isEmpty()) {
            section.append(
                    "| %s | %s | %d |\n"
                            .formatted(
                                    reason,
                                    code(List.copyOf(facts.keySet())),
                                    facts.values().stream().mapToInt(Integer::intValue).sum()));
            facts.clear();
        }
    }

    private static String section(Dialect dialect) {
        String evidence =
                Stream.of(
                                dialect.evidence().stream().map(name -> "`" + name + "…`"),
                                dialect.eventEvidence().stream()
                                        .map(name -> "events `" + name + "…`"),
                                dialect.scopeEvidence().stream()
                                        .map(name -> "scope `" + name + "` with known span names"))
                        .flatMap(names -> names)
                        .collect(Collectors.joining(", "));
        String advice = dialect.advice().isEmpty() ? "" : "Senders: " + dialect.advice() + ".\n\n";
        return "## %s (`%s`)\n\nRecognised by %s.\n\n%s| becomes | from |\n|---|---|\n%s"
                .formatted(dialect.title(), dialect.id(), evidence, advice, rows(dialect.rules()));
    }

    private static String rows(List<Rule> rules) {
        return rules.stream()
                .filter(rule -> !rule.targets().getFirst().isEmpty())
                .map(
                        rule ->
                                "| %s%s | %s |\n"
                                        .formatted(
                                                code(rule.targets()),
                                                kinds(rule),
                                                code(rule.sources())))
                .collect(Collectors.joining());
    }

    private static String kinds(Rule rule) {
        return rule.kinds().isEmpty()
                ? ""
                : rule.kinds().stream()
                        .map(kind -> kind.isEmpty() ? "unknown" : kind)
                        .sorted()
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String code(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
