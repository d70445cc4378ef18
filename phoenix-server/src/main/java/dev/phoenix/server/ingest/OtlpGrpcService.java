package dev.phoenix.server.ingest;

import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.settings.IngestSettings;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import org.springframework.stereotype.Component;

/** OTLP over gRPC, answered after the commit. */
@Component
class OtlpGrpcService implements BindableService {

    private final TraceIngest ingest;
    private final IngestSettings limits;

    OtlpGrpcService(TraceIngest ingest, IngestSettings limits) {
        this.ingest = ingest;
        this.limits = limits;
    }

    @Override
    public ServerServiceDefinition bindService() {
        var export = TraceServiceGrpc.getExportMethod();
        var method =
                export.toBuilder(ReceivedExport.marshaller(limits), export.getResponseMarshaller())
                        .build();
        return ServerServiceDefinition.builder(TraceServiceGrpc.SERVICE_NAME)
                .addMethod(method, ServerCalls.asyncUnaryCall(this::export))
                .build();
    }

    private void export(
            ReceivedExport received, StreamObserver<ExportTraceServiceResponse> answers) {
        InboundCall call = InboundCall.current();
        try (ByteBudget.Reservation memory = call.handle()) {
            if (call.isRefused()) {
                return;
            }
            switch (received) {
                case ReceivedExport.Readable(var request) -> export(request, answers);
                case ReceivedExport.Unreadable(var refusal) -> answers.onError(refusal);
            }
        }
    }

    private void export(
            ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answers) {
        try {
            ExportTraceServiceResponse answer = ingest.export(request, null, Carrier.GRPC);
            answers.onNext(answer);
            answers.onCompleted();
        } catch (OverloadException e) {
            answers.onError(OtlpGrpcErrors.retryLater(e));
        } catch (StorageFullException e) {
            answers.onError(OtlpGrpcErrors.retryAfterCleaning(e));
        }
    }
}
