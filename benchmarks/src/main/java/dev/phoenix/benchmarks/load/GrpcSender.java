package dev.phoenix.benchmarks.load;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** OTLP over gRPC; a connection for each sending thread, taken in turn. */
final class GrpcSender implements Sender {

    private final List<ManagedChannel> channels;
    private final AtomicLong calls = new AtomicLong();

    GrpcSender(int port, int connections) {
        channels =
                Stream.generate(
                                () ->
                                        NettyChannelBuilder.forAddress("127.0.0.1", port)
                                                .usePlaintext()
                                                .build())
                        .limit(connections)
                        .toList();
    }

    @Override
    public Reply send(byte[] request) {
        ManagedChannel channel = channels.get((int) (calls.getAndIncrement() % channels.size()));
        try {
            byte[] response =
                    ClientCalls.blockingUnaryCall(
                            channel, RawExport.METHOD, CallOptions.DEFAULT, request);
            return ExportTraceServiceResponse.parseFrom(response).hasPartialSuccess()
                    ? Reply.FAILED
                    : Reply.ACKNOWLEDGED;
        } catch (StatusRuntimeException e) {
            // A server that is gone is UNAVAILABLE too; only an overloaded one says when to come
            // back.
            return retryInfo(e).map(Reply::refused).orElse(Reply.FAILED);
        } catch (InvalidProtocolBufferException e) {
            return Reply.FAILED;
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private static Optional<Duration> retryInfo(StatusRuntimeException refusal) {
        com.google.rpc.Status status = StatusProto.fromThrowable(refusal);
        if (status == null) {
            return Optional.empty();
        }
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(RetryInfo.class))
                .map(GrpcSender::retryDelay)
                .findFirst();
    }

    private static Duration retryDelay(Any detail) {
        try {
            var delay = detail.unpack(RetryInfo.class).getRetryDelay();
            return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
