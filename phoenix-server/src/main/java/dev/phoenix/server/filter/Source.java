package dev.phoenix.server.filter;

import static dev.phoenix.server.filter.Member.number;
import static dev.phoenix.server.filter.Member.text;
import static dev.phoenix.server.filter.Member.time;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rows of a filter are, and the names each of them has. */
enum Source {
    /** The rows of the span filter. */
    SPAN(
            text("span", "span_id", "OpenTelemetry id of the span"),
            text("span", "trace_id", "OpenTelemetry id of its trace"),
            text("span", "parent_id", "span id of its parent; None for a root span"),
            text("span", "span_kind", "LLM, TOOL, CHAIN, RETRIEVER, AGENT and so on"),
            text("span", "name", "name of the span"),
            text("span", "status_code", "OK, ERROR or UNSET"),
            text("span", "status_message", "what went wrong; empty if nothing did"),
            number("span", "latency_ms", "how long the span took, in milliseconds"),
            number(
                    "aggregate",
                    "cumulative_llm_token_count_prompt",
                    "prompt tokens of the LLM spans among the span and its descendants"),
            number(
                    "aggregate",
                    "cumulative_llm_token_count_completion",
                    "completion tokens of the LLM spans among the span and its descendants"),
            number(
                    "aggregate",
                    "cumulative_llm_token_count_total",
                    "tokens of the LLM spans among the span and its descendants"),
            number("span", "total_cost", "what the span cost; 0 without a price"),
            number("span", "prompt_cost", "what its prompt tokens cost; 0 without a price"),
            number("span", "completion_cost", "what its completion tokens cost; 0 without a price"),
            time("span", "start_time", "when the span started"),
            time("span", "end_time", "when the span ended")),

    /** The rows of the trace filter. */
    TRACE(
            text("trace", "trace_id", "OpenTelemetry id of the trace"),
            text("trace", "input", "input of the trace's root span"),
            text("trace", "output", "output of the trace's root span"),
            number("trace", "latency_ms", "how long the trace took, in milliseconds"),
            time("trace", "start_time", "when the trace started"),
            time("trace", "end_time", "when the trace ended"),
            number("aggregate", "num_spans", "how many spans the trace has"),
            number("aggregate", "error_count", "how many of its spans have status ERROR"),
            number("aggregate", "token_count_prompt", "prompt tokens of its LLM spans"),
            number("aggregate", "token_count_completion", "completion tokens of its LLM spans"),
            number("aggregate", "token_count_total", "tokens of its LLM spans"),
            number("aggregate", "prompt_cost", "what its prompt tokens cost"),
            number("aggregate", "completion_cost", "what its completion tokens cost"),
            number("aggregate", "total_cost", "what the trace cost"),
            number("aggregate", "tool_span_count", "how many TOOL spans it has"),
            number("aggregate", "llm_span_count", "how many LLM spans it has")),

    /** The rows of the session filter. */
    SESSION(
            text("session", "session_id", "id that the sender gave the session"),
            text("session", "first_input", "input of the session's first root span"),
            text("session", "last_output", "output of the session's last root span"),
            number("session", "duration_ms", "from its start to its end, in milliseconds"),
            time("session", "start_time", "when the session started"),
            time("session", "end_time", "when the session ended"),
            number("aggregate", "num_traces", "how many traces the session has"),
            number("aggregate", "num_traces_with_error", "how many of its traces have an error"),
            number("aggregate", "token_count_prompt", "prompt tokens of its LLM spans"),
            number("aggregate", "token_count_completion", "completion tokens of its LLM spans"),
            number("aggregate", "token_count_total", "tokens of its LLM spans"),
            number("aggregate", "prompt_cost", "what its prompt tokens cost"),
            number("aggregate", "completion_cost", "what its completion tokens cost"),
            number("aggregate", "total_cost", "what the session cost"),
            number("aggregate", "tool_span_count", "how many TOOL spans it has"),
            number("aggregate", "llm_span_count", "how many LLM spans it has"),
            new Member(
                    "any_input",
                    Kind.CONTAINMENT,
                    "session",
                    "inputs of its root spans: 'refund' in any_input"),
            new Member(
                    "any_output",
                    Kind.CONTAINMENT,
                    "session",
                    "outputs of its root spans: 'refund' in any_output")),

    /** A span as an element of a trace. */
    TRACE_SPAN(
            text("element", "name", "name of the span"),
            text("element", "parent_id", "span id of its parent"),
            text("element", "span_kind", "LLM, TOOL, CHAIN and so on"),
            text("element", "status_code", "OK, ERROR or UNSET"),
            time("element", "start_time", "when the span started"),
            time("element", "end_time", "when the span ended"),
            number("element", "latency_ms", "how long it took, in milliseconds"),
            number(
                    "element",
                    "cumulative_error_count",
                    "errors among the span and its descendants"),
            number(
                    "element",
                    "cumulative_llm_token_count_prompt",
                    "prompt tokens of the span and its descendants"),
            number(
                    "element",
                    "cumulative_llm_token_count_completion",
                    "completion tokens of the span and its descendants"),
            number(
                    "element",
                    "cumulative_llm_token_count_total",
                    "tokens of the span and its descendants"),
            number("element", "llm_token_count_prompt", "its own prompt tokens"),
            number("element", "llm_token_count_completion", "its own completion tokens"),
            number("element", "llm_token_count_total", "its own tokens")),

    /** A span as an element of a session. */
    SESSION_SPAN(
            text("element", "name", "name of the span"),
            text("element", "span_kind", "LLM, TOOL, CHAIN and so on"),
            text("element", "status_code", "OK, ERROR or UNSET"),
            number("element", "latency_ms", "how long it took, in milliseconds"),
            number("element", "llm_token_count_prompt", "its own prompt tokens"),
            number("element", "llm_token_count_completion", "its own completion tokens"),
            number("element", "llm_token_count_total", "its own tokens")),

    /** A trace as an element of a session. */
    SESSION_TRACE(
            time("element", "start_time", "when the trace started"),
            time("element", "end_time", "when the trace ended"),
            number("element", "latency_ms", "how long it took, in milliseconds")),

    ANNOTATION(
            text("element", "name", "name of the annotation"),
            text("element", "label", "its label"),
            number("element", "score", "its score"),
            text("element", "identifier", "its identifier; empty if it has none"),
            text("element", Member.ANNOTATOR_KIND, "HUMAN, LLM or CODE")),

    /** Tokens of one type and what they cost. */
    COST_DETAIL(
            text("element", "token_type", "input, output, cache_read and so on"),
            new Member("is_prompt", Kind.BOOLEAN, "element", "whether these are prompt tokens"),
            number("element", "cost", "what they cost"),
            number("element", "tokens", "how many tokens"),
            number("element", "cost_per_token", "what one of them cost"));

    @SuppressWarnings("ImmutableEnumChecker") // It is a copy that nobody can change.
    private final List<Member> members;

    Source(Member... members) {
        this.members = List.of(members);
    }

    @Nullable Member member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findAny().orElse(null);
    }

    List<Member> members() {
        return members;
    }

    List<String> names() {
        return members.stream().map(Member::name).toList();
    }
}
