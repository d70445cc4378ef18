package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** However spans arrive, a trace ends in the same state. */
@ServerTest(installedPostgres = true)
class TraceStateTest {

    private final TestServer server;
    private final String project;

    TraceStateTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @RepeatedTest(5)
    void any_order_and_grouping_of_spans_gives_the_same_trace(RepetitionInfo repetition) {
        ByteString trace = Spans.id(16);
        List<Span> spans = tree(trace);
        Random random = new Random(repetition.getCurrentRepetition());
        Collections.shuffle(spans, random);
        for (int from = 0; from < spans.size(); ) {
            int to = Math.min(spans.size(), from + 1 + random.nextInt(4));
            send(project, spans.subList(from, to));
            from = to;
        }

        assertComplete(trace);
    }

    @Test
    void same_request_again_and_at_once_changes_nothing() throws Exception {
        ByteString trace = Spans.id(16);
        List<Span> spans = tree(trace);
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(senders.submit(() -> send(project, spans)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
        send(project, spans);

        assertComplete(trace);
    }

    @Test
    void first_content_under_a_span_id_stays() {
        Span first = Spans.span(Spans.id(16), "first").build();

        send(project, List.of(first));
        send(project, List.of(first.toBuilder().setName("second").build()));
        send(
                project,
                List.of(first.toBuilder().setTraceId(Spans.id(16)).setName("elsewhere").build()));

        assertThat(Stored.spans(server, project))
                .extracting(span -> span.get("name").asString())
                .containsExactly("first");
        assertThat(Stored.traces(server, project)).hasSize(1);
    }

    @Test
    void trace_stays_in_its_project() {
        ByteString trace = Spans.id(16);
        String other = server.projectName();

        send(project, List.of(Spans.span(trace, "first").build()));
        send(other, List.of(Spans.span(trace, "second").build()));

        assertThat(Stored.spans(server, project)).hasSize(2);
        assertThat(Stored.spans(server, other)).isEmpty();
    }

    @Test
    void large_request_is_stored_whole() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            spans.add(Spans.span(Spans.id(16), "span " + i).build());
        }

        send(project, spans);

        assertThat(Stored.spans(server, project)).hasSize(5_000);
    }

    private void assertComplete(ByteString traceId) {
        List<JsonNode> traces =
                Stored.traces(server, project).stream()
                        .filter(
                                trace ->
                                        trace.get("trace_id").asString().equals(Spans.hex(traceId)))
                        .toList();
        assertThat(traces).hasSize(1);
        JsonNode trace = traces.getFirst();
        assertThat(trace.get("spans")).hasSize(10);
        assertThat(trace.get("token_count_prompt").asInt())
                .isEqualTo(1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9);
        assertThat(trace.get("token_count_completion").asInt()).isEqualTo(9);
        assertThat(trace.get("start_time").asString()).isEqualTo("2025-10-09T08:53:20+00:00");
        assertThat(trace.get("end_time").asString()).isEqualTo("2025-10-09T08:53:20.010000+00:00");
    }

    /** A root and nine descendants in a chain; later ones end later. */
    private static List<Span> tree(ByteString trace) {
        List<Span> spans = new ArrayList<>();
        ByteString parent = ByteString.EMPTY;
        for (int i = 0; i < 10; i++) {
            Span.Builder span =
                    i == 0 ? Spans.span(trace, "root") : Spans.llm(trace, "call " + i, i, 1);
            Span built =
                    span.setParentSpanId(parent)
                            .setEndTimeUnixNano(Spans.START_NS + (i + 1) * 1_000_000L)
                            .build();
            spans.add(built);
            parent = built.getSpanId();
        }
        return spans;
    }

    private void send(String to, List<Span> spans) {
        assertThat(
                        server.post(
                                        "/v1/traces",
                                        "application/x-protobuf",
                                        Spans.request(to, spans).toByteArray())
                                .statusCode())
                .isEqualTo(200);
    }
}
