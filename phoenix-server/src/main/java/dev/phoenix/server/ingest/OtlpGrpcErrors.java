package dev.phoenix.server.ingest;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;

/** Refusals in the words of gRPC. */
final class OtlpGrpcErrors {

    private static final Duration RETRY_DELAY = Duration.newBuilder().setSeconds(1).build();

    private OtlpGrpcErrors() {}

    /** Senders repeat an UNAVAILABLE after the delay that it names. */
    static StatusRuntimeException retryLater(OverloadException reason) {
        return StatusProto.toStatusRuntimeException(
                Status.newBuilder()
                        .setCode(Code.UNAVAILABLE.getNumber())
                        .setMessage(Objects.requireNonNullElse(reason.getMessage(), "overloaded"))
                        .addDetails(
                                Any.pack(RetryInfo.newBuilder().setRetryDelay(RETRY_DELAY).build()))
                        .build());
    }

    static StatusRuntimeException tooLarge(RequestTooLargeException reason) {
        return io.grpc.Status.RESOURCE_EXHAUSTED
                .withDescription(reason.getMessage())
                .asRuntimeException();
    }
}
