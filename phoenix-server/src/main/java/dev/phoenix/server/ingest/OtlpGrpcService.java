package dev.phoenix.server.ingest;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.settings.IngestSettings;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** OTLP over gRPC, answered after the commit. */
@Component
class OtlpGrpcService implements BindableService {

    private static final Duration RETRY_DELAY = Duration.newBuilder().setSeconds(1).build();
    private static final Duration CLEANING_DELAY = Duration.newBuilder().setSeconds(30).build();

    private final TraceIngest ingest;
    private final ByteBudget memory;
    private final long maxRequestBytes;

    OtlpGrpcService(TraceIngest ingest, ByteBudget memory, IngestSettings settings) {
        this.ingest = ingest;
        this.memory = memory;
        this.maxRequestBytes = settings.maxRequestBytes();
    }

    @Override
    public ServerServiceDefinition bindService() {
        var export = TraceServiceGrpc.getExportMethod();
        var method =
                export.toBuilder(ReceivedExport.marshaller(), export.getResponseMarshaller())
                        .build();
        return ServerServiceDefinition.builder(TraceServiceGrpc.SERVICE_NAME)
                .addMethod(method, ServerCalls.asyncUnaryCall(this::export))
                .build();
    }

    private void export(
            ReceivedExport received, StreamObserver<ExportTraceServiceResponse> answers) {
        switch (received) {
            case ReceivedExport.Readable(var request) -> export(request, answers);
            case ReceivedExport.Unreadable(var status) ->
                    answers.onError(status.asRuntimeException());
        }
    }

    private void export(
            ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answers) {
        try (ByteBudget.Reservation reservation = memory.reserve()) {
            if (WireSize.current() > maxRequestBytes) {
                throw new RequestTooLargeException(
                        "the request", maxRequestBytes, "PHOENIX_MAX_REQUEST_BYTES");
            }
            reservation.grow(request.getSerializedSize());
            ExportTraceServiceResponse answer = ingest.export(request, null, Carrier.GRPC);
            answers.onNext(answer);
            answers.onCompleted();
        } catch (OverloadException e) {
            answers.onError(retry(Code.UNAVAILABLE, e, RETRY_DELAY));
        } catch (StorageFullException e) {
            answers.onError(retry(Code.RESOURCE_EXHAUSTED, e, CLEANING_DELAY));
        } catch (RequestTooLargeException e) {
            answers.onError(
                    io.grpc.Status.RESOURCE_EXHAUSTED
                            .withDescription(e.getMessage())
                            .asRuntimeException());
        }
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
}
