package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Console;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ServerTest
class RejectionsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final TestServer server;
    private final Api api;
    private final String project;

    RejectionsTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.project = server.projectName();
    }

    @ParameterizedTest
    @EnumSource
    void refused_spans_are_in_the_ledger(Transport transport) {
        Span.Builder bad =
                Spans.span(Spans.id(15), "bad").addAttributes(Spans.text("key", "secret"));
        ExportTraceServiceRequest request = Spans.request(project, bad, bad.clone());
        ExportTraceServiceRequest.Builder sent = request.toBuilder();
        sent.getResourceSpansBuilder(0)
                .getResourceBuilder()
                .addAttributes(Spans.text("service.name", "shop"))
                .addAttributes(Spans.text("telemetry.sdk.language", "python"))
                .addAttributes(Spans.text("telemetry.sdk.name", "opentelemetry"));
        transport.send(server, sent.build());

        ObjectNode entry = (ObjectNode) await(1, "").getFirst();

        String message =
                "trace_id must be 16 bytes, not all zero, was '"
                        + Spans.hex(bad.getTraceId())
                        + "'";
        assertThat(entry.get("project_name").asString()).isEqualTo(project);
        assertThat(entry.get("reason").asString()).isEqualTo("invalid_id");
        assertThat(entry.get("message").asString()).isEqualTo(message);
        assertThat(entry.get("span_count").asInt()).isEqualTo(2);
        assertThat(entry.at("/sender/service_name").asString()).isEqualTo("shop");
        assertThat(entry.at("/sender/sdk").asString()).isEqualTo("python opentelemetry");
        assertThat(entry.at("/sender/protocol").asString())
                .isEqualTo(
                        switch (transport) {
                            case PROTOBUF -> "http/protobuf";
                            case JSON -> "http/json";
                            case GRPC -> "grpc";
                        });
        assertThat(entry.get("samples")).hasSize(2);
        assertThat(entry.at("/samples/0/name").asString()).isEqualTo("bad");
        assertThat(entry.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource
    void changed_span_is_told_apart_from_a_repeated_one(Transport transport) {
        Span.Builder span =
                Spans.span(Spans.id(16), "span")
                        .addAttributes(Spans.text("a", "1"))
                        .addAttributes(Spans.text("b", "2"));
        Span.Builder turned =
                span.clone()
                        .clearAttributes()
                        .addAttributes(Spans.text("b", "2"))
                        .addAttributes(Spans.text("a", "1"));
        Span.Builder changed = span.clone().addAttributes(Spans.text("c", "3"));

        send(transport, span);
        for (Transport other : Transport.values()) {
            send(other, turned);
        }
        send(transport, changed);

        List<JsonNode> entries = await(1, "");
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().get("reason").asString()).isEqualTo("conflicting_content");
        assertThat(entries.getFirst().get("span_count").asInt()).isEqualTo(1);
        assertThat(entries.getFirst().at("/samples/0/span_id").asString())
                .isEqualTo(Spans.hex(span.getSpanId()));
        assertThat(Stored.spans(server, project).getFirst().get("attributes"))
                .isEqualTo(Api.json("{'a': '1', 'b': '2'}"));
    }

    @Test
    void entries_of_one_sender_share_a_row_and_are_filtered() {
        for (int i = 0; i < 20; i++) {
            Transport.PROTOBUF.send(
                    server, Spans.request(project, Spans.span(Spans.id(3), "id " + i)));
        }
        Transport.PROTOBUF.send(
                server,
                Spans.request(project, Spans.span(Spans.id(16), "t").setStartTimeUnixNano(-1)));

        await(1, "&reason=invalid_time");
        List<JsonNode> ids = await(1, "&reason=invalid_id");
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (ids.getFirst().get("span_count").asInt() < 20 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
            ids = await(1, "&reason=invalid_id");
        }
        assertThat(ids).hasSize(1);
        assertThat(ids.getFirst().get("span_count").asInt()).isEqualTo(20);
        assertThat(ids.getFirst().get("samples").size()).isBetween(1, 5);
        assertThat(list("&end_time=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(list("&start_time=2020-01-01T00:00:00Z")).hasSize(2);
        assertThat(server.get("/v1/rejections?reason=bad_luck").statusCode()).isEqualTo(422);

        List<String> paged = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonNode page = api.get(path("&limit=1&cursor=" + Api.encode(cursor)));
            page.get("data").forEach(entry -> paged.add(entry.get("reason").asString()));
            cursor = page.get("next_cursor").isNull() ? null : page.get("next_cursor").asString();
        }
        assertThat(paged).containsExactlyInAnyOrder("invalid_time", "invalid_id");
    }

    /** A sender whose every span is wrong leaves room for what others lose. */
    @Test
    void oldest_entries_of_a_project_make_room() {
        int senders = 510;
        for (int i = 0; i < senders; i++) {
            ExportTraceServiceRequest.Builder sent =
                    Spans.request(project, Spans.span(Spans.id(3), "span " + i)).toBuilder();
            sent.getResourceSpansBuilder(0)
                    .getResourceBuilder()
                    .addAttributes(Spans.text("service.name", "sender " + i));
            Transport.PROTOBUF.send(server, sent.build());
        }

        List<String> names = new ArrayList<>();
        for (String cursor = ""; cursor != null; ) {
            JsonNode page = api.get(path("&limit=100&cursor=" + Api.encode(cursor)));
            page.get("data")
                    .forEach(entry -> names.add(entry.at("/sender/service_name").asString()));
            cursor = page.get("next_cursor").isNull() ? null : page.get("next_cursor").asString();
        }
        assertThat(names)
                .isEqualTo(
                        IntStream.iterate(senders - 1, i -> i >= senders - 500, i -> i - 1)
                                .mapToObj(i -> "sender " + i)
                                .toList());
    }

    /** Of how many spans and why, but nothing of what was sent. */
    @Test
    void request_that_loses_spans_is_one_line_of_the_log() {
        Span.Builder bad =
                Spans.span(Spans.id(15), "hunter2").addAttributes(Spans.text("hunter3", "hunter4"));
        String output =
                Console.during(
                        () -> {
                            try (TestServer own = TestServer.start(server.testEngine(), Map.of())) {
                                Transport.PROTOBUF.send(
                                        own,
                                        Spans.request(
                                                project,
                                                bad,
                                                bad.clone(),
                                                Spans.span(Spans.id(16), "good"),
                                                Spans.span(Spans.id(16), "late")
                                                        .setEndTimeUnixNano(-1)));
                            }
                        });

        assertThat(output.lines().filter(line -> line.contains("Not stored as they arrived")))
                .hasSize(1)
                .first()
                .asString()
                .contains("over http/protobuf: 3, the first because");
        assertThat(output).doesNotContain("hunter");
    }

    /** Success is told for what was stored, also while nothing can be written down of the rest. */
    @Test
    void entry_that_cannot_be_written_yet_follows() throws Exception {
        assumeTrue(
                server.engine() == Engine.POSTGRESQL,
                "on SQLite who keeps the ledger waiting keeps the spans waiting, too");
        try (Connection other = server.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE rejections IN EXCLUSIVE MODE");
            assertThat(
                            Transport.PROTOBUF
                                    .send(
                                            server,
                                            Spans.request(
                                                    project,
                                                    Spans.span(Spans.id(3), "bad"),
                                                    Spans.span(Spans.id(16), "good")))
                                    .getRejectedSpans())
                    .isEqualTo(1);
            assertThat(Stored.spans(server, project)).hasSize(1);
            assertThat(list("")).isEmpty();
        }
        await(1, "&reason=invalid_id");
    }

    private void send(Transport transport, Span.Builder span) {
        assertThat(transport.send(server, Spans.request(project, span)).getRejectedSpans())
                .isZero();
    }

    private List<JsonNode> await(int count, String filter) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        List<JsonNode> entries = list(filter);
        while (entries.size() < count && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
            entries = list(filter);
        }
        assertThat(entries).as("rejections of " + project).hasSizeGreaterThanOrEqualTo(count);
        return entries;
    }

    private List<JsonNode> list(String filter) {
        List<JsonNode> entries = new ArrayList<>();
        api.get(path(filter)).get("data").forEach(entries::add);
        return entries;
    }

    private String path(String filter) {
        return "/v1/rejections?project=" + project + filter;
    }
}
