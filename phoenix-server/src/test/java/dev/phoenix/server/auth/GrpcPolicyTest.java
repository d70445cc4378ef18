package dev.phoenix.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.db.StorageLock;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class GrpcPolicyTest {

    private final StorageLock lock = new StorageLock();
    private Server server;
    private ManagedChannel channel;

    /** The header names the role. */
    @BeforeEach
    void start() throws IOException {
        GrpcPolicy policy =
                new GrpcPolicy(
                        PolicyTable.standard(),
                        (header, _) ->
                                header == null
                                        ? Principal.STRANGER
                                        : Callers.with("caller", Role.valueOf(header)),
                        new StorageGate(PolicyTable.standard(), lock));
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
    @CsvSource({"'', UNAUTHENTICATED", "VIEWER, PERMISSION_DENIED", "MEMBER, OK", "ADMIN, OK"})
    void export_isForMembers(String role, Status.Code expected) {
        assertThat(export(role)).isEqualTo(expected);
    }

    @Test
    void storageLock_refusesExports() {
        lock.set(true);
        assertThat(export("VIEWER")).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(export("MEMBER")).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    private Status.Code export(String role) {
        Metadata headers = new Metadata();
        if (!role.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), role);
        }
        var stub =
                TraceServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        try {
            assertThat(stub.export(ExportTraceServiceRequest.getDefaultInstance())).isNotNull();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
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
