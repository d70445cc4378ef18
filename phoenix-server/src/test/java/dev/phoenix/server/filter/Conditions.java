package dev.phoenix.server.filter;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random conditions that the languages accept, as text. */
final class Conditions {

    private static final String[] ORDERS = {"==", "!=", "<", "<=", ">", ">="};
    private static final String[] EQUALITIES = {"==", "!="};

    private Conditions() {}

    static Arbitrary<String> ofSpans() {
        Arbitrary<String> json =
                Arbitraries.of(
                        "attributes['x']",
                        "x",
                        "y",
                        "metadata['tier']",
                        "list[0]['k']",
                        "list[1]",
                        "attributes['dotted.key']",
                        "dotted.key",
                        "x[0]",
                        "x['k']",
                        "list['0']",
                        "user.id",
                        "metadata['a.b']",
                        "missing.path");
        Arbitrary<String> texts =
                Arbitraries.of(
                        "name",
                        "span_id",
                        "trace_id",
                        "parent_id",
                        "status_message",
                        "str(x)",
                        "annotations['quality'].label",
                        "evals['ok'].explanation",
                        "trace_annotations['ok'].label",
                        "annotations['ok'].identifier",
                        "annotations['quality'].annotator_kind",
                        "input.value + ''",
                        "name + status_code",
                        "str(input.value)",
                        "str(user.id)");
        Arbitrary<String> numbers =
                Arbitraries.of(
                        "latency_ms",
                        "cumulative_token_count.total",
                        "total_cost",
                        "prompt_cost",
                        "completion_cost",
                        "llm.token_count.prompt",
                        "llm.token_count.total",
                        "float(x)",
                        "int(y)",
                        "float(name)",
                        "annotations['quality'].score",
                        "annotations['ok'].score",
                        "trace_annotations['quality'].score",
                        "latency_ms / 1000",
                        "float(x) + float(y)",
                        "x - 1",
                        "x * y",
                        "latency_ms % 1",
                        "x % 2",
                        "-latency_ms",
                        "x / y",
                        "sum(d.cost for d in cost_details)",
                        "len([d for d in cost_details if d.is_prompt])",
                        "max(d.cost_per_token for d in cost_details)",
                        "min(d.tokens for d in cost_details if d.token_type == 'input')");
        Arbitrary<String> more =
                Arbitraries.of(
                        "span_kind == 'llm'",
                        "span_kind in ['llm', 'Tool']",
                        "status_code != 'error'",
                        "'r' in status_code",
                        "parent_id is None",
                        "parent_span is None",
                        "parent_span is not None",
                        "annotations['quality']",
                        "trace_annotations['größe']",
                        "annotations['ok'] is None",
                        "x is True",
                        "x is not True",
                        "y == False",
                        "x is False",
                        "x is None",
                        "missing.path is not None",
                        "(name == 'chat' or True)",
                        "(name == 'chat' and False)",
                        "0.5 < latency_ms < 100",
                        "start_time > '2026-01-01T00:00:03Z'",
                        "start_time in ['2026-01-01T01:00:02+01:00']",
                        "x == y",
                        "x != y",
                        "x < y",
                        "x + y == '11'",
                        "x in [1, 2.0]",
                        "x in ['1', 'abc']",
                        "x in [True]",
                        "x in []",
                        "name not in []",
                        "trace_id == 'trace3'",
                        "llm.model_name == 'gpt-4'",
                        "llm.model_name != 'gpt-4'",
                        "llm.model_name in ['claude', 'x']",
                        "llm.model_name is None",
                        "'GPT' in llm.model_name",
                        "llm.token_count.total is None",
                        "llm.token_count.total in [3, 5.0]",
                        "3 <= llm.token_count.total",
                        "llm.token_count.prompt + llm.token_count.total > 6",
                        "(llm.model_name == 'claude' or latency_ms > 1)",
                        "trace_id in ['trace1', 'trace2']",
                        "x in input.value",
                        "name in status_message",
                        "(latency_ms > 1) == True",
                        "any(d.cost > 1 for d in cost_details)",
                        "all(d.is_prompt for d in cost_details)",
                        "any(d.token_type == 'input' and not d.is_prompt for d in cost_details if"
                                + " d.cost is None)");
        return tree(
                Arbitraries.oneOf(
                        comparison(json, numberLiteral(), ORDERS),
                        comparison(json, textLiteral(), ORDERS),
                        comparison(texts, textLiteral(), ORDERS),
                        comparison(numbers, numberLiteral(), ORDERS),
                        comparison(numbers, numbers, ORDERS),
                        containment(Arbitraries.oneOf(texts, json)),
                        missing(Arbitraries.oneOf(texts, json, numbers)),
                        more));
    }

    static Arbitrary<String> ofTraces() {
        Arbitrary<String> numbers =
                Arbitraries.of(
                        "latency_ms",
                        "num_spans",
                        "error_count",
                        "token_count_total",
                        "total_cost",
                        "tool_span_count",
                        "llm_span_count",
                        "trace_annotations['ok'].score",
                        "float(attributes['x'])",
                        "error_count / num_spans",
                        "len([s for s in spans if s.status_code == 'error'])",
                        "sum(s.llm_token_count_total for s in spans)",
                        "max(s.latency_ms for s in spans)",
                        "min(a.score for a in span_annotations)",
                        "sum(d.cost for d in span_cost_details if d.token_type == 'cache_read')",
                        "sum(s.cumulative_error_count for s in spans)");
        Arbitrary<String> json =
                Arbitraries.of(
                        "attributes['x']",
                        "metadata['tier']",
                        "user.id",
                        "attributes['dotted.key']",
                        "attributes['list'][0]['k']",
                        "metadata['a.b']",
                        "attributes['dotted']['key']");
        Arbitrary<String> more =
                Arbitraries.of(
                        "'refund' in input",
                        "'ö' in output",
                        "input is None",
                        "output == ''",
                        "any(s.span_kind == 'llm' for s in spans)",
                        "all(s.latency_ms >= 1 for s in spans)",
                        "all(s.parent_id is None for s in spans)",
                        "any(s.parent_span is not None and s.parent_span.parent_id is None for s in"
                                + " spans)",
                        "any(s.parent_span.span_kind == 'LLM' for s in spans)",
                        "max(s.end_time for s in spans) > '2026-01-01T00:00:03Z'",
                        "any(len([c for c in s.children if c.status_code == 'ERROR']) > 0 for s in"
                                + " spans)",
                        "any(any(b.start_time < a.start_time and b.name == a.name for b in spans)"
                                + " for a in spans)",
                        "any(len([b for b in s.siblings]) > 0 for s in spans)",
                        "any(any(a.label == 'good' for a in s.annotations) for s in spans)",
                        "any(sum(d.cost for d in s.cost_details) > 1 for s in spans)",
                        "any(a.name == 'ok' and a.identifier == 'id1' for a in trace_annotations)",
                        "any(a.annotator_kind == 'human' for a in span_annotations)",
                        "trace_annotations['quality']",
                        "attributes['x'] == True",
                        "attributes['x'] in ['1', 'abc']",
                        "trace_id in ['trace1', 'trace5']",
                        "start_time >= '2026-01-01T00:00:04Z'",
                        "max(s.latency_ms for s in spans) is None");
        return tree(
                Arbitraries.oneOf(
                        comparison(numbers, numberLiteral(), ORDERS),
                        comparison(json, numberLiteral(), ORDERS),
                        comparison(json, textLiteral(), EQUALITIES),
                        containment(json),
                        missing(Arbitraries.oneOf(json, numbers)),
                        more));
    }

    static Arbitrary<String> ofSessions() {
        Arbitrary<String> numbers =
                Arbitraries.of(
                        "duration_ms",
                        "num_traces",
                        "num_traces_with_error",
                        "token_count_prompt",
                        "prompt_cost",
                        "total_cost",
                        "tool_span_count",
                        "llm_span_count",
                        "session_annotations['ok'].score",
                        "float(attributes['x'])",
                        "num_traces_with_error / num_traces",
                        "len([s for s in spans if s.span_kind == 'TOOL'])",
                        "max(s.latency_ms for s in spans)",
                        "sum(t.latency_ms for t in traces)",
                        "sum(d.tokens for d in span_cost_details)");
        Arbitrary<String> json =
                Arbitraries.of(
                        "attributes['x']",
                        "metadata['tier']",
                        "user.id",
                        "attributes['dotted.key']");
        Arbitrary<String> more =
                Arbitraries.of(
                        "'refund' in any_input",
                        "'x' not in any_output",
                        "'refund' in first_input",
                        "last_output is None",
                        "first_input == 'x'",
                        "last_output != 'Refund'",
                        "any(s.status_code == 'ERROR' for s in spans)",
                        "all(t.latency_ms < 2 for t in traces)",
                        "any(any(s.span_kind == 'TOOL' for s in t.spans) for t in traces)",
                        "all(a.score > 0 for a in session_annotations)",
                        "any(a.label == 'good' for a in span_annotations)",
                        "session_annotations['quality'].score is None",
                        "session_annotations['quality']",
                        "attributes['x'] == True",
                        "session_id not in ('S1',)",
                        "start_time < '2026-01-01T00:00:04Z'",
                        "max(s.latency_ms for s in spans) is None");
        return tree(
                Arbitraries.oneOf(
                        comparison(numbers, numberLiteral(), ORDERS),
                        comparison(json, textLiteral(), EQUALITIES),
                        comparison(json, numberLiteral(), ORDERS),
                        missing(Arbitraries.oneOf(json, numbers)),
                        more));
    }

    private static Arbitrary<String> numberLiteral() {
        return Arbitraries.of(
                "0", "1", "2", "0.5", "1.5", "3", "-2", "100", "1e3", "0.999999", "1e30", "12");
    }

    private static Arbitrary<String> textLiteral() {
        return Arbitraries.of(
                "'1'",
                "'abc'",
                "''",
                "'good'",
                "'Bad'",
                "'größe'",
                "'chat'",
                "'u1'",
                "'v'",
                "'x'",
                "'say \"hi\"'",
                "'100%_\\\\'",
                "'[1,2]'",
                "'{\"k\":\"v\"}'",
                "'true'",
                "'1.0'",
                "'~'");
    }

    private static Arbitrary<String> comparison(
            Arbitrary<String> left, Arbitrary<String> right, String[] operators) {
        return Combinators.combine(left, Arbitraries.of(operators), right)
                .as((a, operator, b) -> a + " " + operator + " " + b);
    }

    private static Arbitrary<String> containment(Arbitrary<String> text) {
        return Combinators.combine(
                        Arbitraries.of(
                                "'a'", "'REF'", "'Ö'", "'größe'", "'%'", "'_'", "'*'", "'[c]'",
                                "''", "'(5'", "'.*'", "'\\\\'", "'Ä'"),
                        Arbitraries.of("in", "not in"),
                        text)
                .as((part, in, whole) -> part + " " + in + " " + whole);
    }

    private static Arbitrary<String> missing(Arbitrary<String> value) {
        return Combinators.combine(
                        value, Arbitraries.of("is None", "is not None", "== None", "!= None"))
                .as((left, right) -> left + " " + right);
    }

    private static Arbitrary<String> tree(Arbitrary<String> leaf) {
        return Arbitraries.recursive(
                () -> leaf,
                inner ->
                        Arbitraries.oneOf(
                                inner.map(condition -> "not (" + condition + ")"),
                                Combinators.combine(
                                                leaf, Arbitraries.of(List.of("and", "or")), inner)
                                        .as((a, word, b) -> "(%s) %s (%s)".formatted(a, word, b))),
                0,
                3);
    }
}
