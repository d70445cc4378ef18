package dev.phoenix.server.ingest.recount;

import static dev.phoenix.server.db.jooq.Tables.SPANS;
import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;

import dev.phoenix.server.db.Documents;
import dev.phoenix.server.ingest.ModelNames;
import dev.phoenix.server.ingest.dialect.JsonValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import tools.jackson.databind.JsonNode;

/**
 * Which calls of a trace a later one counts as well, because a framework reports the total of the
 * loop with each: calls of one parent, one after the other, between any two of them a tool of that
 * framework, and each total at least what the one before would ask once more.
 */
final class CountedLoops {

    private static final int RUNNING_TOTAL = 5;
    private static final int SUM_OF_SPANS_BELOW = 4;

    private static final Comparator<CountedSpan> IN_TIME =
            Comparator.comparingLong(CountedSpan::startNs).thenComparing(CountedSpan::spanId);

    private final DSLContext database;
    private final Differences differences;

    CountedLoops(DSLContext database, Differences differences) {
        this.database = database;
        this.differences = differences;
    }

    void compare(CountedTrace trace) {
        Map<String, String> last = lastOfLoops(trace.spans());
        Set<String> nested = new HashSet<>();
        for (CountedSpan span : trace.spans()) {
            if (span.repeats() == SUM_OF_SPANS_BELOW) {
                nested.add(span.spanId());
            }
        }
        for (CountedSpan span : trace.spans()) {
            String counting = last.get(span.spanId());
            boolean isTotalled =
                    counting != null
                            && !nested.contains(span.spanId())
                            && !nested.contains(counting);
            differences.compare(
                    "total of the loop with call " + span.spanId(),
                    span.repeats() == RUNNING_TOTAL ? String.valueOf(span.repeated()) : "none",
                    isTotalled ? String.valueOf(counting) : "none");
        }
    }

    /** For each call that is not the last of its loop, that one. */
    private Map<String, String> lastOfLoops(List<CountedSpan> trace) {
        Map<String, String> last = new HashMap<>();
        Set<String> parents = new HashSet<>();
        trace.stream().filter(CountedSpan::mayBeOfLoop).forEach(tool -> add(parents, tool));
        if (parents.isEmpty()) {
            return last;
        }
        List<CountedSpan> tools = toolsOfLoops(trace);
        for (String parent : parents) {
            List<CountedSpan> calls =
                    below(parent, trace).filter(CountedSpan::llm).sorted(IN_TIME).toList();
            List<CountedSpan> between = below(parent, tools).toList();
            String counting = null;
            for (int i = calls.size() - 1; i > 0; i--) {
                if (!continues(calls, firstOfLoop(calls, i - 1, between), i, between)) {
                    counting = null;
                } else {
                    counting = counting == null ? calls.get(i).spanId() : counting;
                    last.put(calls.get(i - 1).spanId(), counting);
                }
            }
        }
        return last;
    }

    private static void add(Set<String> parents, CountedSpan tool) {
        if (tool.parentSpanId() != null) {
            parents.add(tool.parentSpanId());
        }
    }

    private static Stream<CountedSpan> below(String parent, List<CountedSpan> spans) {
        return spans.stream().filter(span -> parent.equals(span.parentSpanId()));
    }

    /** Where the loop begins that this call is in: the first call has nothing before it. */
    private static int firstOfLoop(List<CountedSpan> calls, int call, List<CountedSpan> tools) {
        int first = 0;
        for (int i = 1; i <= call; i++) {
            if (!continues(calls, first, i, tools)) {
                first = i;
            }
        }
        return first;
    }

    private static boolean continues(
            List<CountedSpan> calls, int first, int call, List<CountedSpan> tools) {
        CountedSpan before = calls.get(call - 1);
        CountedSpan now = calls.get(call);
        long asked = before.own().prompt();
        if (call - 1 > first) {
            asked -= calls.get(call - 2).own().prompt();
        }
        return now.own().prompt() - before.own().prompt() >= asked
                && now.own().completion() >= before.own().completion()
                && ModelNames.mayBeOne(before.modelName(), now.modelName())
                && tools.stream()
                        .anyMatch(
                                tool ->
                                        before.endNs() <= tool.startNs()
                                                && tool.startNs() <= now.startNs());
    }

    /** By their attributes: names alone are those of other versions, too. */
    private List<CountedSpan> toolsOfLoops(List<CountedSpan> trace) {
        List<CountedSpan> tools = new ArrayList<>();
        for (CountedSpan span : trace) {
            if (span.mayBeOfLoop() && isToolOfLoop(span.spanId())) {
                tools.add(span);
            }
        }
        return tools;
    }

    private boolean isToolOfLoop(String spanId) {
        String attributes =
                database.select(Documents.text(SPAN_PAYLOADS.ATTRIBUTES))
                        .from(SPAN_PAYLOADS)
                        .join(SPANS)
                        .on(SPANS.ID.eq(SPAN_PAYLOADS.SPAN_KEY))
                        .where(SPANS.SPAN_ID.eq(spanId))
                        .fetchOneInto(String.class);
        JsonNode tree = JsonValues.read(attributes == null ? "{}" : attributes);
        return tree.path("spring").path("ai").path("kind").asString("").equals("tool_call")
                && tree.path("gen_ai")
                        .path("operation")
                        .path("name")
                        .asString("")
                        .equals("framework");
    }
}
