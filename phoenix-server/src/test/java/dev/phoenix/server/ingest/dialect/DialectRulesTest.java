package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.ingest.decode.DecodedRecordings;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.Restatement;
import dev.phoenix.server.kit.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What holds for the rules of all dialects together. */
class DialectRulesTest {

    private static final Dialects DIALECTS = new Dialects();
    private static final List<DialectExamples.Example> EXAMPLES = DialectExamples.all();

    static List<String> recordings() {
        return Recording.names();
    }

    static List<String> dialects() {
        return Dialects.all().stream().map(Dialect::id).toList();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void order_of_attributes_changes_nothing(String recording) {
        for (DecodedSpan span : DecodedRecordings.spans(recording, DIALECTS)) {
            Map<String, JsonNode> sent = sent(span);
            Map<String, JsonNode> expected = values(read(span, sent));
            for (int seed = 0; seed < 3; seed++) {
                List<String> names = new ArrayList<>(sent.keySet());
                Collections.shuffle(names, new Random(seed));
                Map<String, JsonNode> shuffled = new LinkedHashMap<>();
                names.forEach(name -> shuffled.put(name, sent.get(name)));
                assertThat(values(read(span, shuffled))).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void reading_what_was_read_adds_nothing(String recording) {
        for (DecodedSpan span : DecodedRecordings.spans(recording, DIALECTS)) {
            Map<String, JsonNode> merged = new LinkedHashMap<>();
            flatten(merged, "", JsonValues.read(span.payload().attributes()));
            assertThat(read(span, merged).values()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void span_read_anew_is_the_same(String recording) {
        for (DecodedSpan span : DecodedRecordings.spans(recording, DIALECTS)) {
            Restatement again =
                    Restatement.of(DecodedRecordings.stored(span), List.of(), DIALECTS, true);
            assertThat(JsonValues.read(again.attributes()))
                    .isEqualTo(JsonValues.read(span.payload().attributes()));
            assertThat(again.kind()).isEqualTo(span.kind());
            assertThat(again.columns()).isEqualTo(span.columns());
        }
    }

    /** A rule that nobody misses is no rule, or no example shows what it is for. */
    @ParameterizedTest
    @MethodSource("dialects")
    void each_rule_is_needed(String dialect) {
        Dialect whole = dialect(dialect);
        Set<String> needless = new TreeSet<>();
        for (int i = 0; i < whole.rules().size(); i++) {
            Dialects without = without(whole, i);
            if (isRight(without)) {
                Rule rule = whole.rules().get(i);
                needless.add(rule.targets() + " from " + rule.sources() + " on " + rule.kinds());
            }
        }
        assertThat(needless).isEmpty();
    }

    private static Dialect dialect(String id) {
        return Dialects.all().stream().filter(d -> d.id().equals(id)).findFirst().orElseThrow();
    }

    private static Dialects without(Dialect whole, int rule) {
        List<Rule> rules = new ArrayList<>(whole.rules());
        rules.remove(rule);
        return new Dialects(
                Dialects.all().stream()
                        .map(dialect -> dialect.equals(whole) ? new Fewer(whole, rules) : dialect)
                        .toList());
    }

    private static boolean isRight(Dialects dialects) {
        return EXAMPLES.stream()
                .allMatch(
                        example ->
                                values(dialects.read(example.span()))
                                        .entrySet()
                                        .containsAll(example.expected().entrySet()));
    }

    /** A dialect without one of its rules. */
    private record Fewer(Dialect whole, List<Rule> rules) implements Dialect {

        @Override
        public String id() {
            return whole.id();
        }

        @Override
        public String title() {
            return whole.title();
        }

        @Override
        public List<String> evidence() {
            return whole.evidence();
        }

        @Override
        public List<String> eventEvidence() {
            return whole.eventEvidence();
        }

        @Override
        public List<String> scopeEvidence() {
            return whole.scopeEvidence();
        }

        @Override
        public boolean isIn(SentSpan span) {
            return whole.isIn(span);
        }
    }

    static List<DialectExamples.Example> examples() {
        return EXAMPLES;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void example_reads_as_expected(DialectExamples.Example example) {
        Derivation derivation = DIALECTS.read(example.span());
        assertThat(derivation.dialects()).contains(example.dialect());
        assertThat(values(derivation))
                .containsAllEntriesOf(example.expected())
                .doesNotContainKeys(example.absent().toArray(String[]::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void order_of_attributes_of_an_example_changes_nothing(DialectExamples.Example example) {
        Map<String, JsonNode> expected = values(DIALECTS.read(example.span()));
        for (int seed = 0; seed < 5; seed++) {
            List<String> names = new ArrayList<>();
            example.span().names().forEach(names::add);
            Collections.shuffle(names, new Random(seed));
            Map<String, JsonNode> shuffled = new LinkedHashMap<>();
            names.forEach(name -> put(shuffled, name, example.span().get(name)));
            assertThat(values(DIALECTS.read(with(example.span(), shuffled)))).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void reading_an_example_with_what_was_read_adds_nothing(DialectExamples.Example example) {
        Map<String, JsonNode> merged = new LinkedHashMap<>();
        example.span().names().forEach(name -> put(merged, name, example.span().get(name)));
        DIALECTS.read(example.span())
                .values()
                .forEach(value -> flatten(merged, value.path(), value.value()));
        assertThat(DIALECTS.read(with(example.span(), merged)).values()).isEmpty();
    }

    private static void put(
            Map<String, JsonNode> attributes, String name, @Nullable JsonNode value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    private static SentSpan with(SentSpan span, Map<String, JsonNode> attributes) {
        return new SentSpan(span.name(), span.failed(), span.scope(), attributes, span.events());
    }

    @Test
    void every_dialect_has_an_example() {
        assertThat(EXAMPLES.stream().map(DialectExamples.Example::dialect).toList())
                .containsAll(dialects());
    }

    private static Derivation read(DecodedSpan span, Map<String, JsonNode> attributes) {
        List<SentEvent> events = new ArrayList<>();
        for (JsonNode event : JsonValues.read(span.payload().events())) {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            event.path("attributes").forEachEntry(fields::put);
            events.add(new SentEvent(event.get("name").asString(), 0, null, fields));
        }
        return DIALECTS.read(
                new SentSpan(
                        span.name(),
                        span.status().equals("ERROR"),
                        span.payload().scope().name(),
                        attributes,
                        events));
    }

    /** Without what was derived. */
    private static Map<String, JsonNode> sent(DecodedSpan span) {
        Map<String, JsonNode> sent = new LinkedHashMap<>();
        flatten(sent, "", JsonValues.read(span.payload().attributes()));
        Set<String> derived = StoredDerivation.read(span.payload().derivation()).derived().keySet();
        sent.keySet()
                .removeIf(
                        name ->
                                derived.stream()
                                        .anyMatch(
                                                path ->
                                                        name.equals(path)
                                                                || name.startsWith(path + ".")));
        return sent;
    }

    private static void flatten(Map<String, JsonNode> flat, String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            value.forEachEntry(
                    (member, inner) ->
                            flatten(flat, name.isEmpty() ? member : name + "." + member, inner));
        } else {
            flat.put(name, value);
        }
    }

    private static Map<String, JsonNode> values(Derivation derivation) {
        Map<String, JsonNode> values = new TreeMap<>();
        derivation
                .values()
                .forEach(
                        value ->
                                values.put(
                                        value.path(),
                                        DialectExamples.LONGS.readTree(value.value().toString())));
        if (!derivation.responseIds().isEmpty()) {
            values.put("response ids", DialectExamples.LONGS.valueToTree(derivation.responseIds()));
        }
        return values;
    }
}
