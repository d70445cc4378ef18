package dev.phoenix.benchmarks.load;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.List;
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
    public Answer send(byte[] request) {
        ManagedChannel channel = channels.get((int) (calls.getAndIncrement() % channels.size()));
        try {
            byte[] response =
                    ClientCalls.blockingUnaryCall(
                            channel, RawExport.METHOD, CallOptions.DEFAULT, request);
            return ExportTraceServiceResponse.parseFrom(response).hasPartialSuccess()
                    ? Answer.FAILED
                    : Answer.ACKNOWLEDGED;
        } catch (StatusRuntimeException e) {
            // A server that is gone is UNAVAILABLE too; only an overloaded one says when to come
            // back.
            boolean overloaded =
                    e.getStatus().getCode() == Status.Code.UNAVAILABLE
                            && e.getTrailers() != null
                            && e.getTrailers().keys().contains("grpc-status-details-bin");
            return overloaded ? Answer.REFUSED : Answer.FAILED;
        } catch (InvalidProtocolBufferException e) {
            return Answer.FAILED;
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
