package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.rpc.RetryInfo;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full disk is said clearly, costs nothing that was acknowledged, and ends when there is room.
 */
class DiskFullTest {

    @Test
    void spans_are_refused_until_there_is_room(@TempDir Path folder) throws Exception {
        assumeTrue(mount(folder, "size=4m"), "only root may mount a small file system");
        try {
            String url = "sqlite:///" + folder.resolve("phoenix.db");
            try (TestServer server =
                    TestServer.start(TestEngine.SQLITE, Map.of("PHOENIX_SQL_DATABASE_URL", url))) {
                fill(server, folder);
            }
        } finally {
            run("umount", folder.toString());
        }
    }

    private static void fill(TestServer server, Path folder) throws Exception {
        String project = server.projectName();
        Set<String> acknowledged = new HashSet<>();
        int status = 200;
        for (int i = 0; i < 200 && status == 200; i++) {
            status = send(server, project, "span " + i);
            if (status == 200) {
                acknowledged.add("span " + i);
            }
        }

        assertThat(status).isEqualTo(507);
        assertThat(acknowledged).isNotEmpty();
        assertThat(names(server, project)).isEqualTo(acknowledged);
        assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
        StatusRuntimeException refused =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> Transport.GRPC.send(server, Spans.request(project, large("grpc"))));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refused.getStatus().getDescription()).contains("free space");
        var details = Objects.requireNonNull(StatusProto.fromThrowable(refused)).getDetails(0);
        assertThat(details.unpack(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(30);

        assertThat(mount(folder, "remount,size=64m")).isTrue();
        assertThat(send(server, project, "afterwards")).isEqualTo(200);
        acknowledged.add("afterwards");
        assertThat(names(server, project)).isEqualTo(acknowledged);
        assertThat(server.differences()).isEmpty();
    }

    private static Set<String> names(TestServer server, String project) {
        return Stored.spans(server, project).stream()
                .map(span -> span.get("name").asString())
                .collect(Collectors.toSet());
    }

    private static int send(TestServer server, String project, String name) {
        byte[] body = Spans.request(project, large(name)).toByteArray();
        return server.post("/v1/traces", "application/x-protobuf", body).statusCode();
    }

    private static Span.Builder large(String name) {
        return Spans.span(Spans.id(16), name)
                .addAttributes(Spans.text("input.value", Spans.hex(Spans.id(50_000))));
    }

    private static boolean mount(Path folder, String options)
            throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/bin/mount"))
                && run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()) == 0;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
