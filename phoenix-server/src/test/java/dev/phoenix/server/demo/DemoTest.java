package dev.phoenix.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456789Z");

    @Test
    void demo_canBeRepeated() throws Exception {
        List<Recording> recordings = Recording.all();
        try (TestServer server = TestServer.start(TestEngine.SQLITE, Map.of());
                DemoTraffic traffic = new DemoTraffic(server.baseUrl(), InstantSource.system())) {
            for (int round = 0; round < 2; round++) {
                traffic.send(recordings, (_, rejected) -> assertThat(rejected).isZero());
            }
            recordings.stream()
                    .map(Recording::project)
                    .distinct()
                    .forEach(
                            project ->
                                    assertThat(server.get("/v1/projects/" + project).statusCode())
                                            .isEqualTo(200));
        }
    }

    @Test
    void stream_storesEverySpan() throws Exception {
        Recording recording =
                Recording.select(List.of("oi-py-langchain-rag"), List.of()).getFirst();
        try (TestServer server = TestServer.start(TestEngine.SQLITE, Map.of());
                DemoTraffic traffic = new DemoTraffic(server.baseUrl(), InstantSource.system())) {
            assertThat(traffic.knowsProject(recording.project())).isFalse();
            traffic.stream(recording, (_, rejected) -> assertThat(rejected).isZero());
            assertThat(traffic.knowsProject(recording.project())).isTrue();
            assertThat(server.get("/v1/projects/" + recording.project() + "/spans").body())
                    .contains(
                            recording
                                    .request()
                                    .getResourceSpans(0)
                                    .getScopeSpans(0)
                                    .getSpans(0)
                                    .getName());
        }
    }

    @Test
    void replay_keepsTheTreeAndMovesItToNow() throws IOException {
        Recording recording =
                Recording.all().stream()
                        .filter(one -> one.name().equals("oi-py-langchain-rag"))
                        .findFirst()
                        .orElseThrow();
        List<Span> before = spans(recording.request());
        List<Span> after = spans(Replay.of(recording, NOW, new Random(1)).request());
        assertThat(after).hasSameSizeAs(before);
        Set<Object> oldIds = new HashSet<>(before.stream().map(Span::getSpanId).toList());
        for (int i = 0; i < before.size(); i++) {
            assertThat(oldIds).doesNotContain(after.get(i).getSpanId());
            assertThat(parentIndex(after, i)).isEqualTo(parentIndex(before, i));
            assertThat(after.get(i).getEndTimeUnixNano() - after.get(i).getStartTimeUnixNano())
                    .isEqualTo(
                            before.get(i).getEndTimeUnixNano()
                                    - before.get(i).getStartTimeUnixNano());
        }
        assertThat(after.stream().mapToLong(Span::getEndTimeUnixNano).max())
                .hasValue(1_795_255_200_123_456_789L);
    }

    private static long parentIndex(List<Span> spans, int child) {
        return spans.stream()
                .map(Span::getSpanId)
                .toList()
                .indexOf(spans.get(child).getParentSpanId());
    }

    private static List<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }
}
