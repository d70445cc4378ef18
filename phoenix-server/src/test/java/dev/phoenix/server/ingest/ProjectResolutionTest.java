package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Which project a span goes to. */
@ServerTest
class ProjectResolutionTest {

    private static final String PROJECT = "openinference.project.name";

    private final TestServer server;
    private final Api api;
    private final String one;
    private final String other;

    ProjectResolutionTest(TestServer server) {
        this.server = server;
        this.api = new Api(server);
        this.one = server.projectName();
        this.other = server.projectName();
    }

    @ParameterizedTest
    @EnumSource
    void each_resource_of_a_request_names_its_own(Transport transport) {
        Span.Builder first = Spans.span(Spans.id(16), "first");
        Span.Builder second = Spans.span(Spans.id(16), "second");
        Span.Builder third = Spans.span(Spans.id(16), "third");
        transport.send(
                server,
                request(
                        of(first, Spans.text(PROJECT, one)),
                        of(second, Spans.text(PROJECT, other)),
                        of(third, Spans.text("service.name", "shop"))));

        assertThat(projectOf(first)).isEqualTo(one);
        assertThat(projectOf(second)).isEqualTo(other);
        assertThat(projectOf(third)).isEqualTo("default");
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_name_is_passed_over(Transport transport) {
        Span.Builder empty = Spans.span(Spans.id(16), "empty");
        Span.Builder number = Spans.span(Spans.id(16), "number");
        Span.Builder later = Spans.span(Spans.id(16), "later");
        transport.send(
                server,
                request(
                        of(empty, Spans.text(PROJECT, "")),
                        of(number, Spans.number(PROJECT, 7)),
                        of(
                                later,
                                Spans.number(PROJECT, 7),
                                Spans.text(PROJECT, ""),
                                Spans.text(PROJECT, one),
                                Spans.text(PROJECT, other))));

        assertThat(projectOf(empty)).isEqualTo("default");
        assertThat(projectOf(number)).isEqualTo("default");
        assertThat(projectOf(later)).isEqualTo(one);
    }

    @Test
    void header_is_for_the_whole_request_unless_it_is_empty() {
        Span.Builder first = Spans.span(Spans.id(16), "first");
        Span.Builder second = Spans.span(Spans.id(16), "second");
        Span.Builder third = Spans.span(Spans.id(16), "third");
        String header = server.projectName();

        post(
                header,
                request(
                        of(first, Spans.text(PROJECT, one)),
                        of(second, Spans.text(PROJECT, other))));
        post("", request(of(third, Spans.text(PROJECT, one))));

        assertThat(projectOf(first)).isEqualTo(header);
        assertThat(projectOf(second)).isEqualTo(header);
        assertThat(projectOf(third)).isEqualTo(one);
    }

    @Test
    void stored_trace_keeps_its_project_whatever_its_spans_say() {
        Span.Builder first = Spans.span(Spans.id(16), "first");
        Span.Builder second = Spans.span(first.getTraceId(), "second");
        Span.Builder third = Spans.span(first.getTraceId(), "third");

        post(one, request(of(first)));
        post(other, request(of(second)));
        server.post(
                "/v1/projects/" + other + "/spans",
                "application/json",
                """
                {"data": [{"name": "third", "span_kind": "LLM", "status_code": "OK",
                  "context": {"trace_id": "%s", "span_id": "%s"},
                  "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-01T00:00:01Z"}]}"""
                        .formatted(Spans.hex(third.getTraceId()), Spans.hex(third.getSpanId())));

        assertThat(List.of(projectOf(first), projectOf(second), projectOf(third)))
                .containsOnly(one);
    }

    /**
     * Of several sessions in a trace the first that is named wins; sessions belong to no project.
     */
    @Test
    void session_comes_with_whatever_span_names_it_first() {
        String early = server.projectName();
        String late = server.projectName();
        Span.Builder root = Spans.span(Spans.id(16), "root");
        Span.Builder blank =
                Spans.span(root.getTraceId(), "blank").addAttributes(Spans.text("session.id", " "));
        Span.Builder named =
                Spans.span(root.getTraceId(), "named")
                        .addAttributes(Spans.text("session.id", early));
        Span.Builder beside =
                Spans.span(root.getTraceId(), "beside")
                        .addAttributes(Spans.text("session.id", late));
        Span.Builder after =
                Spans.span(root.getTraceId(), "after")
                        .addAttributes(Spans.text("session.id", late));
        Span.Builder elsewhere =
                Spans.span(Spans.id(16), "elsewhere")
                        .addAttributes(Spans.text("session.id", early))
                        .setEndTimeUnixNano(Spans.START_NS + 7_000_000_000L);

        post(one, request(of(root)));
        assertThat(sessionOf(root).isNull()).isTrue();
        post(one, request(of(blank)));
        assertThat(sessionOf(root).isNull()).isTrue();
        post(one, request(of(named), of(beside)));
        post(one, request(of(after)));
        post(other, request(of(elsewhere)));

        assertThat(sessionOf(root).get("sessionId").asString()).isEqualTo(early);
        JsonNode session = sessionOf(elsewhere);
        assertThat(session)
                .isEqualTo(
                        Api.json(
                                """
                                {'sessionId': '%s', 'numTraces': 2, 'project': {'name': '%s'},
                                 'startTime': '2025-10-09T08:53:20+00:00', 'endTime': '2025-10-09T08:53:27+00:00'}"""
                                        .formatted(early, one)));
        assertThat(api.query("{getProjectSessionById(sessionId: \"%s\") {id}}".formatted(late)))
                .isEqualTo(Api.json("{'getProjectSessionById': null}"));
        assertThat(server.differences()).isEmpty();
    }

    private void post(String header, ExportTraceServiceRequest request) {
        assertThat(
                        server.send(
                                        server.request("/v1/traces")
                                                .header("Content-Type", "application/x-protobuf")
                                                .header("x-project-name", header)
                                                .POST(
                                                        BodyPublishers.ofByteArray(
                                                                request.toByteArray())))
                                .statusCode())
                .isEqualTo(200);
    }

    private String projectOf(Span.Builder span) {
        return api.query(
                        "{getSpanByOtelId(spanId: \"%s\") {project {name}}}"
                                .formatted(Spans.hex(span.getSpanId())))
                .at("/getSpanByOtelId/project/name")
                .asString();
    }

    private JsonNode sessionOf(Span.Builder span) {
        return api.query(
                        """
                        {getTraceByOtelId(traceId: "%s") {session {
                          sessionId numTraces startTime endTime project {name}}}}"""
                                .formatted(Spans.hex(span.getTraceId())))
                .at("/getTraceByOtelId/session");
    }

    private static ExportTraceServiceRequest request(ResourceSpans... resources) {
        return ExportTraceServiceRequest.newBuilder()
                .addAllResourceSpans(List.of(resources))
                .build();
    }

    private static ResourceSpans of(Span.Builder span, KeyValue... attributes) {
        return ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAllAttributes(List.of(attributes)))
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span))
                .build();
    }
}
