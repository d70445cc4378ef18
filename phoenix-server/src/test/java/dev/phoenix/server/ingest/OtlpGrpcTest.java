package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdOutputStream;
import com.google.rpc.RetryInfo;
import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestEngine;
import dev.phoenix.server.kit.TestServer;
import io.grpc.CallOptions;
import io.grpc.Codec;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ServerTest
class OtlpGrpcTest {

    private final TestServer server;
    private final String project;

    OtlpGrpcTest(TestServer server) {
        this.server = server;
        this.project = server.projectName();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "deflate", "zstd"})
    void span_is_readable_when_the_answer_arrives(String compression) {
        ExportTraceServiceResponse answer =
                export(
                        server,
                        Spans.request(project, Spans.span(Spans.id(16), "greet")),
                        compression);

        assertThat(answer).isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
        assertThat(Stored.spans(server, project)).hasSize(1);
    }

    @Test
    void bad_span_is_refused_alone() {
        ExportTraceServiceResponse answer =
                export(
                        server,
                        Spans.request(
                                project,
                                Spans.span(Spans.id(16), "good"),
                                Spans.span(Spans.id(3), "bad")),
                        "identity");

        assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(Stored.spans(server, project)).hasSize(1);
    }

    @Test
    void large_requests_are_refused() {
        Map<String, String> limits =
                Map.of(
                        "PHOENIX_MAX_REQUEST_BYTES",
                        "5000",
                        "PHOENIX_MAX_INFLATED_REQUEST_BYTES",
                        "20000");
        try (TestServer small = TestServer.start(TestEngine.SQLITE, limits)) {
            assertThat(refusal(small, "x".repeat(6_000), "identity").getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(refusal(small, "x".repeat(30_000), "gzip").getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(refusal(small, "x".repeat(30_000), "deflate").getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(refusal(small, "x".repeat(30_000), "zstd").getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(export(small, named("x".repeat(6_000)), "gzip").hasPartialSuccess())
                    .isFalse();
        }
    }

    @Test
    void unknown_compression_is_named() {
        assertThat(refusal(server, "s", "br"))
                .returns(Status.Code.UNIMPLEMENTED, Status::getCode)
                .extracting(Status::getDescription)
                .asString()
                .contains("br");
    }

    @Test
    void malformed_message_is_an_invalid_argument() {
        MethodDescriptor.Marshaller<byte[]> raw =
                new MethodDescriptor.Marshaller<>() {
                    @Override
                    public InputStream stream(byte[] value) {
                        return new ByteArrayInputStream(value);
                    }

                    @Override
                    public byte[] parse(InputStream stream) {
                        return new byte[0];
                    }
                };
        ManagedChannel channel = channel(server);
        try {
            StatusRuntimeException refused =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () ->
                                    ClientCalls.blockingUnaryCall(
                                            channel,
                                            TraceServiceGrpc.getExportMethod().toBuilder(raw, raw)
                                                    .build(),
                                            CallOptions.DEFAULT,
                                            new byte[] {10, 100, 1}));
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void overload_says_when_to_come_back() throws Exception {
        Map<String, String> limits = Map.of("PHOENIX_MAX_SPANS_QUEUE_BYTES", "1000");
        try (TestServer small = TestServer.start(TestEngine.SQLITE, limits)) {
            StatusRuntimeException refused =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () -> export(small, named("x".repeat(2_000)), "identity"));

            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            var details = Objects.requireNonNull(StatusProto.fromThrowable(refused)).getDetails(0);
            assertThat(details.unpack(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"identity, 3000000", "gzip, 600000"})
    void memory_is_reserved_before_a_message_is_whole_or_inflated(String compression, int size) {
        Map<String, String> limits = Map.of("PHOENIX_MAX_SPANS_QUEUE_BYTES", "2000000");
        try (TestServer small = TestServer.start(TestEngine.SQLITE, limits)) {
            for (int i = 0; i < 3; i++) {
                assertThat(refusal(small, "x".repeat(size), compression))
                        .returns(Status.Code.UNAVAILABLE, Status::getCode)
                        .returns(
                                "requests in progress hold as much as"
                                        + " PHOENIX_MAX_SPANS_QUEUE_BYTES allows: 2000000",
                                Status::getDescription);
            }
            assertThat(export(small, named("x".repeat(300_000)), compression).hasPartialSuccess())
                    .as("what refused calls held was given back")
                    .isFalse();
        }
    }

    @Test
    void message_is_refused_while_it_is_received() {
        Map<String, String> limits = Map.of("PHOENIX_MAX_REQUEST_BYTES", "100000");
        try (TestServer small = TestServer.start(TestEngine.SQLITE, limits)) {
            assertThat(refusal(small, "x".repeat(200_000_000), "identity"))
                    .returns(Status.Code.RESOURCE_EXHAUSTED, Status::getCode)
                    .returns(
                            "the request exceeds 100000 bytes; send smaller batches or raise"
                                    + " PHOENIX_MAX_REQUEST_BYTES",
                            Status::getDescription);
        }
    }

    @Test
    void read_only_server_does_not_listen() {
        try (TestServer readOnly =
                TestServer.start(TestEngine.SQLITE, Map.of("PHOENIX_READ_ONLY", "true"))) {
            assertThat(refusal(readOnly, "s", "identity").getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    private Status refusal(TestServer target, String name, String compression) {
        return catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> export(target, named(name), compression))
                .getStatus();
    }

    private ExportTraceServiceRequest named(String name) {
        return Spans.request(project, Spans.span(Spans.id(16), name));
    }

    private static ExportTraceServiceResponse export(
            TestServer target, ExportTraceServiceRequest request, String compression) {
        ManagedChannel channel = channel(target);
        try {
            return TraceServiceGrpc.newBlockingStub(channel)
                    .withCompression(compression)
                    .export(request);
        } finally {
            channel.shutdownNow();
        }
    }

    private static ManagedChannel channel(TestServer target) {
        CompressorRegistry compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(Codec.Identity.NONE);
        compressors.register(new Codec.Gzip());
        compressors.register(compressor("deflate", DeflaterOutputStream::new));
        compressors.register(compressor("zstd", ZstdOutputStream::new));
        // Nothing that it says it is.
        compressors.register(compressor("br", out -> out));
        return NettyChannelBuilder.forAddress("localhost", target.grpcPort())
                .usePlaintext()
                .compressorRegistry(compressors)
                .build();
    }

    private static Compressor compressor(String name, Opening opening) {
        return new Compressor() {
            @Override
            public String getMessageEncoding() {
                return name;
            }

            @Override
            public OutputStream compress(OutputStream out) throws IOException {
                return opening.open(out);
            }
        };
    }

    @FunctionalInterface
    private interface Opening {

        OutputStream open(OutputStream plain) throws IOException;
    }
}
