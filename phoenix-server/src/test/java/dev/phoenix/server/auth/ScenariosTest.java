package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of scenarios names tests that exist. */
class ScenariosTest {

    private static final Path LIST = Path.of("../docs/architecture/access-scenarios.md");
    private static final Path STAGES = Path.of("../launcher/test.sh");
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern ROW =
            Pattern.compile("^\\| *[A-Z]\\d[^|]*\\|[^|]*\\|([^|]*)\\|$", Pattern.MULTILINE);
    private static final Pattern IDS =
            Pattern.compile("^\\| *([A-Z]\\d[^|]*)\\|", Pattern.MULTILINE);

    private static final Pattern NAMED =
            Pattern.compile("launcher:([^,|]+)|(\\w+Test)(?:\\.(\\w+))?");

    /** All that the contract has, but for those of features that are still to come. */
    @Test
    void noScenarioOfIdentityAndAccess_isLeftOut() throws IOException {
        Set<String> listed =
                IDS.matcher(Files.readString(LIST))
                        .results()
                        .flatMap(row -> List.of(row.group(1).split(",", -1)).stream())
                        .flatMap(ids -> expand(ids.strip()))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> wanted =
                Stream.of(
                                "T1–T11", "L1–L10", "B1–B10", "S1–S14", "P1–P14", "U1–U15",
                                "K1–K18", "M1–M7", "M10–M11", "M14–M16", "O1–O26", "D1–D21",
                                "R6–R7", "X1–X4", "X6–X7", "X12–X22", "X26", "X28–X31", "W2",
                                "W4–W10", "W12", "W15–W18", "W21–W23", "W26–W29")
                        .flatMap(ScenariosTest::expand)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(wanted);
    }

    /** {@code T3–T5} is {@code T3, T4, T5}. */
    private static Stream<String> expand(String ids) {
        String[] ends = ids.split("–", -1);
        int first = Integer.parseInt(ends[0].substring(1));
        int last = Integer.parseInt(ends[ends.length - 1].substring(1));
        return IntStream.rangeClosed(first, last).mapToObj(number -> ids.charAt(0) + "" + number);
    }

    @Test
    void everyScenario_namesTestsThatExist() throws IOException {
        Map<String, String> sources = sources();
        String stages = Files.readString(STAGES);
        List<String> rows =
                ROW.matcher(Files.readString(LIST))
                        .results()
                        .map(row -> row.group(1).strip())
                        .toList();
        assertThat(rows).hasSizeGreaterThan(100);
        for (String row : rows) {
            Matcher named = NAMED.matcher(row);
            assertThat(named.find()).as(row).isTrue();
            do {
                if (named.group(1) != null) {
                    assertThat(stages).contains("stage '" + named.group(1).strip() + "'");
                } else {
                    assertThat(sources).containsKey(named.group(2));
                    assertThat(sources.get(named.group(2)))
                            .contains(named.group(3) == null ? "" : "void " + named.group(3) + "(");
                }
            } while (named.find());
        }
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            files.filter(file -> file.toString().endsWith("Test.java"))
                    .forEach(file -> sources.put(name(file), read(file)));
        }
        return sources;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
