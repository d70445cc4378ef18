package dev.phoenix.server.ingest;

import dev.phoenix.server.kit.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Traces made of calls that are known to be distinct, each reported once or several times, among
 * them many that look alike. What one reporter alone would have sent is the truth to compare with.
 */
final class TwinTraffic {

    private static final long SECOND = 1_000_000_000L;
    private static final List<String> MODELS = List.of("gpt-4o", "gpt-4o-mini", "gpt-4.1");
    private static final int MOST_TRACES = 4;

    private final long seed;
    private final Random random;
    private final List<Sent> reports = new ArrayList<>();
    private final List<Sent> truth = new ArrayList<>();
    private int numbers;
    private int responses;
    private long clock;

    private TwinTraffic(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    /**
     * A span; parents are numbers, 0 for none.
     *
     * @param call null for a step that calls no model
     */
    record Sent(
            int trace,
            int number,
            int parent,
            String kind,
            long startNs,
            long endNs,
            @Nullable Call call) {

        void draft(Telemetry telemetry, String session) {
            telemetry.span(
                    trace,
                    number,
                    startNs,
                    endNs,
                    span -> {
                        span.attribute("session.id", session);
                        if (parent != 0) {
                            span.parent(parent);
                        }
                        if (call == null) {
                            span.kind(kind);
                            return;
                        }
                        span.tokens(call.prompt, call.completion)
                                .attribute("llm.model_name", call.model);
                        if (call.response != null) {
                            span.attribute("gen_ai.response.id", call.response);
                        }
                    });
        }
    }

    private record Call(String model, int prompt, int completion, @Nullable String response) {

        Call named(@Nullable String other) {
            return new Call(model, prompt, completion, other);
        }
    }

    /** Some traces of one session. */
    static TwinTraffic of(long seed) {
        TwinTraffic traffic = new TwinTraffic(seed);
        for (int trace = 1; trace <= MOST_TRACES; trace++) {
            int root = traffic.step(trace, 0, "AGENT");
            int parts = 1 + traffic.random.nextInt(5);
            for (int i = 0; i < parts; i++) {
                traffic.part(trace, root);
            }
        }
        return traffic;
    }

    List<Sent> reports() {
        return reports;
    }

    /** One span for every call that was made. */
    List<Sent> truth() {
        return truth;
    }

    private void part(int trace, int parent) {
        switch (random.nextInt(12)) {
            case 0 -> made(trace, parent, call(false));
            case 1 -> nestedTwins(trace, parent);
            case 2 -> siblingTwins(trace, parent);
            case 3 -> twinElsewhere(trace, parent);
            case 4 -> sumOfCalls(trace, parent);
            case 5 -> loopWithEqualOutputs(trace, parent);
            case 6 -> retries(trace, parent);
            case 7 -> callInToolOfCall(trace, parent);
            case 8 -> otherModelInToolOfCall(trace, parent);
            case 9 -> parallelCalls(trace, parent);
            case 10 -> wrapperOfRetries(trace, parent);
            default -> threeReports(trace, parent);
        }
    }

    /** One call, reported by a library around another, of which either or both name the answer. */
    private void nestedTwins(int trace, int parent) {
        Call call = call(true);
        int named = random.nextInt(4);
        Call outer = call.named((named & 1) == 0 ? null : call.response);
        Call inner = call.named((named & 2) == 0 ? null : call.response);
        long start = clock;
        int above = report(trace, parent, start, start + 5 * SECOND, outer);
        int between = random.nextBoolean() ? above : step(trace, above, "CHAIN");
        report(trace, between, start + 1, start + 5 * SECOND - 1, versioned(inner));
        truth(trace, parent, call);
        clock += 6 * SECOND;
    }

    /** Beside each other, told by the id of the answer alone. */
    private void siblingTwins(int trace, int parent) {
        Call call = call(true);
        report(trace, parent, clock, clock + 2 * SECOND, call);
        report(trace, parent, clock + 10, clock + 2 * SECOND, call);
        truth(trace, parent, call);
        clock += 3 * SECOND;
    }

    private void twinElsewhere(int trace, int parent) {
        Call call = call(true);
        report(trace, parent, clock, clock + 2 * SECOND, call);
        report(100 + numbers, 0, clock + 10, clock + 2 * SECOND, call);
        truth(trace, parent, call);
        clock += 3 * SECOND;
    }

    /** A framework, a library in it, and the provider's own library beside that. */
    private void threeReports(int trace, int parent) {
        Call call = call(true);
        int above = report(trace, parent, clock, clock + 3 * SECOND, call.named(null));
        report(trace, above, clock + 1, clock + 3 * SECOND, call);
        report(trace, above, clock + 2, clock + 3 * SECOND, call);
        truth(trace, parent, call);
        clock += 4 * SECOND;
    }

    private void sumOfCalls(int trace, int parent) {
        List<Call> calls = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            calls.add(call(random.nextBoolean()));
        }
        Call sum =
                new Call(
                        "gpt-4o",
                        calls.stream().mapToInt(Call::prompt).sum(),
                        calls.stream().mapToInt(Call::completion).sum(),
                        random.nextBoolean() ? null : calls.getLast().response);
        int above = report(trace, parent, clock, clock + 20 * SECOND, sum);
        calls.forEach(call -> made(trace, above, parent, call));
        clock += 20 * SECOND;
    }

    private void loopWithEqualOutputs(int trace, int parent) {
        Call call = call(false);
        int step = step(trace, parent, "CHAIN");
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            made(trace, step, random.nextBoolean() ? call : call.named(response()));
        }
    }

    /** The same question once more, until the answer fits; each is billed. */
    private void retries(int trace, int parent) {
        Call call = call(false);
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            made(trace, parent, call);
        }
    }

    private void parallelCalls(int trace, int parent) {
        Call call = call(false);
        boolean named = random.nextBoolean();
        for (int i = 0; i < 3; i++) {
            Call one = named ? call.named(response()) : call;
            report(trace, parent, clock + i, clock + 2 * SECOND, one);
            truth(trace, parent, one);
        }
        clock += 3 * SECOND;
    }

    /** Attempts of different length below a call that reports the last one. */
    private void wrapperOfRetries(int trace, int parent) {
        Call last = call(random.nextBoolean());
        int above = report(trace, parent, clock, clock + 20 * SECOND, last.named(null));
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            made(
                    trace,
                    above,
                    parent,
                    new Call(last.model, last.prompt, last.completion + i, response()));
        }
        made(trace, above, parent, last);
    }

    /** An agent as a tool of an agent: by chance its call uses as much, but has its own answer. */
    private void callInToolOfCall(int trace, int parent) {
        Call outer = call(true);
        int above = report(trace, parent, clock, clock + 9 * SECOND, outer);
        truth(trace, parent, outer);
        int tool = step(trace, above, "TOOL");
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            made(trace, tool, parent, outer.named(response()));
        }
    }

    private void otherModelInToolOfCall(int trace, int parent) {
        Call outer = call(false);
        int above = report(trace, parent, clock, clock + 9 * SECOND, outer);
        truth(trace, parent, outer);
        int other = (MODELS.indexOf(outer.model) + 1) % MODELS.size();
        made(
                trace,
                step(trace, above, "TOOL"),
                parent,
                new Call(MODELS.get(other), outer.prompt, outer.completion, null));
    }

    private void made(int trace, int parent, Call call) {
        made(trace, parent, parent, call);
    }

    private void made(int trace, int parent, int trueParent, Call call) {
        report(trace, parent, clock, clock + 2 * SECOND, call);
        truth(trace, trueParent, call);
        clock += 3 * SECOND;
    }

    private int step(int trace, int parent, String kind) {
        Sent step = new Sent(trace, ++numbers, parent, kind, clock, clock + 60 * SECOND, null);
        reports.add(step);
        if (parent == 0) {
            truth.add(step);
        }
        return step.number;
    }

    private int report(int trace, int parent, long start, long end, Call call) {
        reports.add(new Sent(trace, ++numbers, parent, "LLM", start, end, call));
        return numbers;
    }

    private void truth(int trace, int parent, Call call) {
        int root =
                parent == 0
                        ? 0
                        : truth.stream()
                                .filter(s -> s.trace == trace)
                                .findFirst()
                                .orElseThrow()
                                .number;
        truth.add(
                new Sent(
                        trace,
                        1_000_000 + truth.size(),
                        root,
                        "LLM",
                        clock,
                        clock + SECOND,
                        call.named(null)));
    }

    /** What the provider answers says which version it was. */
    private Call versioned(Call call) {
        return call.model.equals("gpt-4o") && random.nextBoolean()
                ? new Call("gpt-4o-2024-08-06", call.prompt, call.completion, call.response)
                : call;
    }

    /** Few numbers, so that many calls look alike. */
    private Call call(boolean named) {
        int size = 10 * (1 + random.nextInt(3));
        return new Call(
                MODELS.get(random.nextInt(MODELS.size())),
                size,
                size / 10,
                named ? response() : null);
    }

    private String response() {
        return "chatcmpl-%d-%d".formatted(seed, ++responses);
    }
}
