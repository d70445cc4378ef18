package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.Api;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.Test;

/** Where the owner of a server says so, everything stays as it was sent. */
@ServerTest(environment = "PHOENIX_MASK_LEAKED_SECRETS=false")
class UnmaskedSecretsTest {

    private final TestServer server;

    UnmaskedSecretsTest(TestServer server) {
        this.server = server;
    }

    @Test
    void secrets_stay_where_the_setting_is_off() {
        String project = server.projectName();
        String sent = "{\"api_key\":\"sk-proj-Zx81TREASURE0qhf7Lw\"}";
        Span.Builder span =
                Spans.span(Spans.id(16), "leak")
                        .addAttributes(Spans.text("llm.invocation_parameters", sent));
        Transport.PROTOBUF.send(server, Spans.request(project, span));

        assertThat(
                        new Api(server)
                                .attributes(Spans.hex(span.getSpanId()))
                                .at("/llm/invocation_parameters")
                                .asString())
                .isEqualTo(sent);
    }
}
