package dev.phoenix.server.filter;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Conditions that nobody writes on a good day, as text: extreme numbers, letters of every kind,
 * names with quotes, chains, and what nests deeply. Some are refused.
 */
final class OddConditions {

    private static final List<String> OPERATORS = List.of("==", "!=", "<", "<=", ">", ">=");

    /** Names of attributes that {@link Sample} has, as a condition writes them. */
    private static final List<String> KEYS =
            List.of(
                    "'größe'",
                    "'a\"b'",
                    "\"it's\"",
                    "'back\\\\slash'",
                    "'$'",
                    "'[0]'",
                    "''",
                    "' '",
                    "'\\n'",
                    "'\\x01'",
                    "'🎈'",
                    "'\\U0001F388'",
                    "'?'",
                    "'{0}'",
                    "'a\" OR 1=1 --'",
                    "'..'",
                    "'.'",
                    "'x'");

    private static final List<String> NUMBERS =
            List.of(
                    "1e-400",
                    "1e-310",
                    "5e-324",
                    "1e308",
                    "1.7976931348623157e308",
                    "-1.7976931348623157e308",
                    "0x7fffffffffffffff",
                    "9223372036854775807",
                    "9223372036854775808",
                    "-9223372036854775808",
                    "9007199254740993",
                    "9007199254740992",
                    "123456789012345678901234567890",
                    "0.1",
                    "0.30000000000000004",
                    "0.1234567890123456789012345678901234567890",
                    ".5",
                    "5.",
                    "1_000",
                    "0b11",
                    "0o17",
                    "-0.0",
                    "+0",
                    "1e19",
                    "2147483648",
                    "1e-7",
                    "9.5367431640625e-07",
                    "1e400",
                    "1__0",
                    "007");

    private static final List<String> TEXTS =
            List.of(
                    "'🎈'",
                    "'\\u2028'",
                    "'\\x7f'",
                    "'\\x01'",
                    "'\\n\\t'",
                    "'''a\nb'''",
                    "r'\\d+'",
                    "'a' 'b'",
                    "\"'; DROP TABLE spans; --\"",
                    "'{0} ? :n $1'",
                    "'?'",
                    "'%'",
                    "'_'",
                    "'\\\\'",
                    "'[^a]'",
                    "'(?i)x'",
                    "'***:x'",
                    "'İ'",
                    "'ı'",
                    "'ſ'",
                    "'SS'",
                    "'ß'",
                    "'ẞ'",
                    "'ς'",
                    "'Σ'",
                    "'ǅ'",
                    "'µ'",
                    "'\\N{KELVIN SIGN}'",
                    "'１２'",
                    "'-0.0'",
                    "'1.0E-310'",
                    "'12'",
                    "'null'",
                    "'True'",
                    "'" + "aß".repeat(50) + "'",
                    "'\\0'",
                    "'\\ud800'",
                    "b'x'");

    /** As long as a text to look for may be, and longer. */
    private static final List<String> LONG_TEXTS =
            List.of(
                    "'" + "aß".repeat(2000) + "'",
                    "'" + "𐐀".repeat(2000) + "'",
                    "'" + "%_".repeat(2000) + "'",
                    "'" + "x".repeat(4001) + "'");

    private static final List<String> TIMES =
            List.of(
                    "'9999-12-31T23:59:59.999999999Z'",
                    "'0001-01-01T00:00:00+18:00'",
                    "'1677-09-21T00:12:43Z'",
                    "'2262-04-11T23:47:17Z'",
                    "'2026-01-01T00:00:02.000000001Z'",
                    "'2026-01-01t00:00:02z'",
                    "'2026-01-01 00:00:02-0000'",
                    "'2026-02-30T00:00:00Z'",
                    "'2026-01-01T00:00:60Z'");

    private OddConditions() {}

    static Arbitrary<String> ofSpans() {
        Arbitrary<String> attributes =
                Arbitraries.oneOf(
                        Arbitraries.of(KEYS).map("attributes[%s]"::formatted),
                        Arbitraries.of(
                                "größe",
                                "metadata['größe']",
                                "attributes['']['']",
                                "x[2147483647]",
                                "x[2147483648]",
                                "list[99999999999999999999]",
                                "nested" + "['n']".repeat(30),
                                "nested" + "['n']".repeat(40),
                                "nested[0][0][0][0][0][0]"));
        Arbitrary<String> numbers =
                Arbitraries.of(
                        "latency_ms",
                        "total_cost",
                        "llm.token_count.total",
                        "float(x)",
                        "float(name)",
                        "annotations['größe'].score",
                        "x / 0",
                        "x % 0.0",
                        "x / y",
                        "x - 0.1",
                        "x * 1e30 / 1e-30",
                        "(x - y) / (y - x)",
                        "-(-float(x))",
                        "latency_ms * 1e250",
                        "1e290 + x",
                        "x % 1e-30",
                        "float('1e-310')",
                        "sum(d.cost / d.tokens for d in cost_details)",
                        "max(d.cost * -1e30 for d in cost_details)");
        Arbitrary<String> texts =
                Arbitraries.of(
                        "name",
                        "span_id",
                        "status_code",
                        "status_message",
                        "str(x)",
                        "name + ''",
                        "str(x) + str(y) + name",
                        "annotations['🎈'].label",
                        "annotations['it\\'s'].label",
                        "annotations['größe'].explanation");
        return leaves(attributes, numbers, texts, "start_time", "cost_details");
    }

    static Arbitrary<String> ofTraces() {
        Arbitrary<String> numbers =
                Arbitraries.of(
                        "latency_ms",
                        "num_spans",
                        "error_count / num_spans",
                        "total_cost % 0",
                        "float(attributes['x'])",
                        "float(attributes['x']) / float(attributes['y'])",
                        "max(s.latency_ms / (s.latency_ms - s.latency_ms) for s in spans)",
                        "min(s.llm_token_count_total for s in spans if s.name == '🎈')",
                        "trace_annotations['größe'].score");
        return leaves(
                Arbitraries.of(KEYS).map("attributes[%s]"::formatted),
                numbers,
                Arbitraries.of(
                        "trace_id",
                        "input",
                        "output",
                        "str(attributes['x'])",
                        "trace_annotations['🎈'].label"),
                "max(s.end_time for s in spans)",
                "spans");
    }

    static Arbitrary<String> ofSessions() {
        Arbitrary<String> numbers =
                Arbitraries.of(
                        "duration_ms",
                        "num_traces",
                        "num_traces_with_error / num_traces",
                        "float(attributes['x']) * 1e30",
                        "sum(t.latency_ms for t in traces) - duration_ms",
                        "session_annotations['größe'].score");
        return leaves(
                Arbitraries.of(KEYS).map("attributes[%s]"::formatted),
                numbers,
                Arbitraries.of(
                        "session_id",
                        "first_input",
                        "last_output",
                        "any_input",
                        "str(attributes['x'])",
                        "session_annotations['🎈'].label"),
                "start_time",
                "spans");
    }

    private static Arbitrary<String> leaves(
            Arbitrary<String> attributes,
            Arbitrary<String> numbers,
            Arbitrary<String> texts,
            String time,
            String many) {
        Arbitrary<String> number = Arbitraries.oneOf(numbers, Arbitraries.of(NUMBERS));
        Arbitrary<String> text = Arbitraries.oneOf(texts, Arbitraries.of(TEXTS));
        Arbitrary<String> anything = Arbitraries.oneOf(attributes, numbers, texts, number, text);
        Arbitrary<String> leaf =
                Arbitraries.oneOf(
                        chain(numbers, number),
                        chain(texts, text),
                        chain(attributes, number),
                        chain(attributes, text),
                        chain(anything, anything),
                        searched(Arbitraries.of(TEXTS), Arbitraries.oneOf(texts, attributes)),
                        searched(attributes, Arbitraries.oneOf(texts, attributes)),
                        listed(attributes, Arbitraries.of(NUMBERS)),
                        listed(attributes, Arbitraries.of(TEXTS)),
                        listed(numbers, Arbitraries.of(NUMBERS)),
                        listed(texts, Arbitraries.of(TEXTS)),
                        attributes.map("%s == True"::formatted),
                        attributes.map("%s is not None"::formatted),
                        chain(Arbitraries.just(time), Arbitraries.of(TIMES)),
                        Arbitraries.of("any", "all")
                                .map(word -> "%s(e.none > 1 for e in %s)".formatted(word, many)));
        return Arbitraries.frequencyOf(
                Tuple.of(1, searched(Arbitraries.of(LONG_TEXTS), texts)),
                Tuple.of(12, leaf),
                Tuple.of(3, nested(leaf)),
                Tuple.of(3, alternating(leaf)),
                Tuple.of(
                        1,
                        listedOften(
                                Arbitraries.oneOf(attributes, numbers),
                                Arbitraries.of("1", "-0.0", "1e308"))),
                Tuple.of(
                        1,
                        listedOften(
                                Arbitraries.oneOf(attributes, texts),
                                Arbitraries.of("'🎈'", "'?'", "''"))));
    }

    /** One to four comparisons of neighbours. */
    private static Arbitrary<String> chain(Arbitrary<String> first, Arbitrary<String> next) {
        Arbitrary<String> link =
                Combinators.combine(Arbitraries.of(OPERATORS), next)
                        .as((a, b) -> " " + a + " " + b);
        return Combinators.combine(first, link.list().ofMinSize(1).ofMaxSize(4))
                .as((value, links) -> value + String.join("", links));
    }

    private static Arbitrary<String> searched(Arbitrary<String> part, Arbitrary<String> whole) {
        return Combinators.combine(part, Arbitraries.of("in", "not in"), whole)
                .as("%s %s %s"::formatted);
    }

    private static Arbitrary<String> listed(Arbitrary<String> value, Arbitrary<String> items) {
        return Combinators.combine(
                        value, Arbitraries.of("in", "not in"), items.list().ofMaxSize(12))
                .as((left, in, list) -> "%s %s [%s]".formatted(left, in, String.join(", ", list)));
    }

    /** As many values as there may be. */
    private static Arbitrary<String> listedOften(Arbitrary<String> value, Arbitrary<String> item) {
        return Combinators.combine(value, Arbitraries.of("in", "not in"), item)
                .as(
                        (left, in, one) ->
                                "%s %s [%s]"
                                        .formatted(
                                                left,
                                                in,
                                                String.join(",", Collections.nCopies(4999, one))));
    }

    private static Arbitrary<String> nested(Arbitrary<String> leaf) {
        return Combinators.combine(
                        leaf,
                        Arbitraries.integers().between(5, 210),
                        Arbitraries.of("not (", "(", "not not ("))
                .as(
                        (inner, levels, opening) ->
                                opening.repeat(levels) + inner + ")".repeat(levels));
    }

    private static Arbitrary<String> alternating(Arbitrary<String> leaf) {
        return Combinators.combine(leaf.list().ofSize(3), Arbitraries.integers().between(5, 110))
                .as(
                        (parts, levels) -> {
                            String all = parts.get(2);
                            for (int i = 0; i < levels; i++) {
                                all =
                                        "(%s) %s (%s)"
                                                .formatted(
                                                        parts.get(i % 2),
                                                        i % 2 == 0 ? "and" : "or",
                                                        all);
                            }
                            return all;
                        });
    }
}
