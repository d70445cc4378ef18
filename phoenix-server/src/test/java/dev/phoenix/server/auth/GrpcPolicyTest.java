package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class GrpcPolicyTest {

    private Server server;
    private ManagedChannel channel;

    /** The header names the role. */
    @BeforeEach
    void start() throws IOException {
        GrpcPolicy policy =
                new GrpcPolicy(
                        PolicyTable.standard(),
                        header ->
                                new Principal(
                                        "caller",
                                        header == null ? Role.ANONYMOUS : Role.valueOf(header)));
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(new Accepting())
                        .intercept(policy)
                        .build()
                        .start();
        channel =
                NettyChannelBuilder.forAddress(server.getListenSockets().getFirst())
                        .usePlaintext()
                        .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"'', PERMISSION_DENIED", "VIEWER, PERMISSION_DENIED", "MEMBER, OK", "ADMIN, OK"})
    void export_isForMembers(String role, Status.Code expected) {
        Metadata headers = new Metadata();
        if (!role.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), role);
        }
        var stub =
                TraceServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        Status.Code code = Status.Code.OK;
        try {
            assertThat(stub.export(ExportTraceServiceRequest.getDefaultInstance())).isNotNull();
        } catch (StatusRuntimeException e) {
            code = e.getStatus().getCode();
        }
        assertThat(code).isEqualTo(expected);
    }

    private static final class Accepting extends TraceServiceGrpc.TraceServiceImplBase {

        @Override
        public void export(
                ExportTraceServiceRequest request,
                StreamObserver<ExportTraceServiceResponse> response) {
            response.onNext(ExportTraceServiceResponse.getDefaultInstance());
            response.onCompleted();
        }
    }
}
