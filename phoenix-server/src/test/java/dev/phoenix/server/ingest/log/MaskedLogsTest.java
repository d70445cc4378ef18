package dev.phoenix.server.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.phoenix.server.ingest.Spans;
import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.Await;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that senders leak into log events are hidden like those in spans. */
@ServerTest
class MaskedLogsTest {

    private static final String KEY = "sk-proj-Zx81TREASURE0qhf7Lw";

    private final TestServer server;

    MaskedLogsTest(TestServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void key_in_an_event_is_hidden_and_its_span_says_so(boolean logFirst) {
        Logs logs = new Logs(server, server.projectName());
        Span.Builder span = Spans.span(Spans.id(16), "chat");
        span.addAttributes(Spans.text("gen_ai.operation.name", "chat"));
        ByteString traceId = span.getTraceId();
        LogRecord.Builder record =
                LogRecord.newBuilder()
                        .setTraceId(traceId)
                        .setSpanId(span.getSpanId())
                        .setTimeUnixNano(span.getStartTimeUnixNano())
                        .setEventName("gen_ai.user.message")
                        .addAttributes(Spans.text("request", "{\"api_key\":\"%s\"}".formatted(KEY)))
                        .setBody(
                                AnyValue.newBuilder()
                                        .setKvlistValue(
                                                KeyValueList.newBuilder()
                                                        .addValues(Spans.text("content", "Hello"))
                                                        .addValues(Spans.text("api_key", KEY))));
        if (logFirst) {
            logs.send(Logs.request(List.of(record.build())));
        }
        logs.sendSpans(Spans.request(server.projectName(), span));
        if (!logFirst) {
            logs.send(Logs.request(List.of(record.build())));
        }

        String id = Spans.hex(span.getSpanId());
        Api api = new Api(server);
        Await.await(
                Duration.ofSeconds(30),
                Api.json("['logs.gen_ai.user.message.request', 'logs.gen_ai.user.message.body']"),
                () -> api.get("/v1/spans/%s/derivation".formatted(id)).at("/data/masked"));
        assertThat(api.attributes(id).at("/llm/input_messages/0/message/content").asString())
                .isEqualTo("Hello");
        assertThat(logs.spans().toString()).contains("[masked]").doesNotContain("TREASURE");
    }
}
