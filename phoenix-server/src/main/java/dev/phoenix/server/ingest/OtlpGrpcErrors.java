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
    private static final Duration CLEANING_DELAY = Duration.newBuilder().setSeconds(30).build();

    private OtlpGrpcErrors() {}

    static StatusRuntimeException retryLater(OverloadException reason) {
        return retry(Code.UNAVAILABLE, reason, RETRY_DELAY);
    }

    /** Somebody has to make room first. */
    static StatusRuntimeException retryAfterCleaning(StorageFullException reason) {
        return retry(Code.RESOURCE_EXHAUSTED, reason, CLEANING_DELAY);
    }

    /** Senders repeat what names a delay, RESOURCE_EXHAUSTED only then. */
    private static StatusRuntimeException retry(Code code, Exception reason, Duration delay) {
        return StatusProto.toStatusRuntimeException(
                Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage(Objects.requireNonNullElse(reason.getMessage(), code.name()))
                        .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()))
                        .build());
    }

    static StatusRuntimeException tooLarge(RequestTooLargeException reason) {
        return io.grpc.Status.RESOURCE_EXHAUSTED
                .withDescription(reason.getMessage())
                .asRuntimeException();
    }
}
