package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.JsonNode;

/**
 * What holds for any spans, in any order, in any requests, by any way, however often they are sent.
 */
@ServerTest
class InvariantsTest {

    private static final int TRACES = 4;

    private final TestServer server;
    private final Api api;
    private final String project;
    private final List<ByteString> traceIds =
            Stream.generate(() -> Spans.id(16)).limit(TRACES).toList();

    InvariantsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.project = server.projectName();
    }

    @RepeatedTest(6)
    void roots_of_complete_trees_have_together_what_all_spans_have(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        send(trees(random), random);

        for (JsonNode trace : query("traces(first: 100)", "traceId").path("edges")) {
            String id = trace.at("/node/traceId").asString();
            long[] own = new long[2];
            long[] roots = new long[2];
            for (JsonNode edge : spans(id)) {
                JsonNode span = edge.get("node");
                own[0] += span.get("tokenCountPrompt").asLong(0);
                own[1] += span.get("tokenCountCompletion").asLong(0);
                if (span.get("parentId").isNull()) {
                    roots[0] += span.get("cumulativeTokenCountPrompt").asLong();
                    roots[1] += span.get("cumulativeTokenCountCompletion").asLong();
                }
            }
            assertThat(own).as(id).doesNotContain(0);
            assertThat(roots).as(id).isEqualTo(own);
        }
    }

    @RepeatedTest(4)
    void what_is_sent_again_changes_nothing(RepetitionInfo repetition) {
        Random random = new Random(100 + repetition.getCurrentRepetition());
        List<Span> spans = trees(random);
        send(spans, random);
        JsonNode before = everything();
        assertThat(before.at("/project/costSummary/total/cost").asDouble()).isPositive();
        assertThat(before.at("/project/recordCount").asInt()).isEqualTo(spans.size());

        for (int again = 0; again < 3; again++) {
            send(spans, random);
            assertThat(everything()).isEqualTo(before);
        }
        assertThat(api.get("/v1/rejections?project=" + project).get("data")).isEmpty();
        assertThat(server.differences()).isEmpty();
    }

    @RepeatedTest(4)
    void bounds_of_traces_are_the_first_start_and_the_last_end(RepetitionInfo repetition) {
        Random random = new Random(200 + repetition.getCurrentRepetition());
        List<Span> spans = trees(random);
        List<Span> sent = new ArrayList<>();
        Collections.shuffle(spans, random);
        for (int from = 0; from < spans.size(); from += 5) {
            List<Span> next = spans.subList(from, Math.min(spans.size(), from + 5));
            send(next, random);
            sent.addAll(next);
            assertBounds(sent);
        }
    }

    private void assertBounds(List<Span> sent) {
        for (JsonNode trace : Stored.traces(server, project)) {
            List<Span> own =
                    sent.stream()
                            .filter(
                                    span ->
                                            Spans.hex(span.getTraceId())
                                                    .equals(trace.get("trace_id").asString()))
                            .toList();
            long start = own.stream().mapToLong(Span::getStartTimeUnixNano).min().orElseThrow();
            long end = own.stream().mapToLong(Span::getEndTimeUnixNano).max().orElseThrow();
            assertThat(List.of(nanos(trace, "start_time"), nanos(trace, "end_time")))
                    .isEqualTo(List.of(start, end));
        }
    }

    private static long nanos(JsonNode trace, String time) {
        Instant instant = OffsetDateTime.parse(trace.get(time).asString()).toInstant();
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** Each a root with descendants that have tokens, costs, failures and sessions. */
    private List<Span> trees(Random random) {
        List<Span> spans = new ArrayList<>();
        for (var traceId : traceIds) {
            List<Span> tree = new ArrayList<>();
            int size = 3 + random.nextInt(12);
            for (int i = 0; i < size; i++) {
                // Different numbers, so that no span repeats what those below it report.
                Span.Builder span =
                        i == 0
                                ? Spans.span(traceId, "root")
                                : Spans.llm(traceId, "call " + i, 100 + (1L << i), 7L * i + 1)
                                        .addAttributes(Spans.text("llm.model_name", "gpt-4o"));
                long start = Spans.START_NS + random.nextInt(1_000_000) * 1000L;
                span.setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + random.nextInt(1_000_000) * 1000L);
                if (i > 0) {
                    span.setParentSpanId(tree.get(random.nextInt(i)).getSpanId());
                }
                if (random.nextInt(4) == 0) {
                    span.setStatus(
                            Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
                }
                // One for each trace: which of several wins depends on which comes first.
                span.addAttributes(
                        Spans.text("session.id", project + traceIds.indexOf(traceId) / 2));
                tree.add(span.build());
            }
            spans.addAll(tree);
        }
        return spans;
    }

    /** In another order, in requests of any size, each by any way. */
    private void send(List<Span> spans, Random random) {
        List<Span> shuffled = new ArrayList<>(spans);
        Collections.shuffle(shuffled, random);
        Transport[] ways = Transport.values();
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(8));
            var request = Spans.request(project, shuffled.subList(from, to));
            assertThat(ways[random.nextInt(ways.length)].send(server, request).getRejectedSpans())
                    .isZero();
            from = to;
        }
    }

    private JsonNode spans(String traceId) {
        return api.query(
                        """
                        query ($id: String!) {getTraceByOtelId(traceId: $id) {spans(first: 1000) {edges {node {
                          parentId tokenCountPrompt tokenCountCompletion
                          cumulativeTokenCountPrompt cumulativeTokenCountCompletion}}}}}""",
                        Map.of("id", traceId))
                .at("/getTraceByOtelId/spans/edges");
    }

    private JsonNode query(String list, String fields) {
        return api.query(
                        "query ($project: String!) {project: getProjectByName(name: $project) {list: %s {edges {node {%s}}}}}"
                                .formatted(list, fields),
                        Map.of("project", project))
                .at("/project/list");
    }

    /** Spans, costs, sums of spans, traces, sessions and the project. */
    private JsonNode everything() {
        return api.query(
                """
                query ($project: String!) {project: getProjectByName(name: $project) {
                  recordCount traceCount sessionCount tokenCountPrompt tokenCountCompletion latencyMsQuantile(probability: 0.5)
                  costSummary {total {tokens cost}}
                  sessions(first: 100) {edges {node {sessionId startTime endTime numTraces numTracesWithError
                    tokenUsage {prompt completion} costSummary {total {tokens cost}}}}}
                  spans(first: 1000) {edges {node {id spanId name startTime endTime attributes statusCode
                    propagatedStatusCode cumulativeTokenCountPrompt cumulativeTokenCountCompletion
                    costSummary {prompt {tokens cost} completion {tokens cost}}
                    trace {traceId startTime endTime costSummary {total {tokens cost}}}}}}}}""",
                Map.of("project", project));
    }
}
