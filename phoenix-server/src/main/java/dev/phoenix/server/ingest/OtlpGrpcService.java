package dev.phoenix.server.ingest;

import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.ingest.stage.RunningStage;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
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
    private final Stages stages;

    OtlpGrpcService(TraceIngest ingest, IngestSettings limits, Stages stages) {
        this.ingest = ingest;
        this.limits = limits;
        this.stages = stages;
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
        try (var held = call.handle()) {
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
        try (var stage = stages.begin(Stage.REQUEST).with("protocol", Carrier.GRPC.protocol())) {
            answer(request, answers, stage);
        }
    }

    private void answer(
            ExportTraceServiceRequest request,
            StreamObserver<ExportTraceServiceResponse> answers,
            RunningStage stage) {
        try {
            ExportTraceServiceResponse answer = ingest.export(request, null, Carrier.GRPC);
            answers.onNext(answer);
            answers.onCompleted();
        } catch (OverloadException e) {
            stage.failed(e);
            answers.onError(OtlpGrpcErrors.retryLater(e));
        } catch (StorageFullException e) {
            stage.failed(e);
            answers.onError(OtlpGrpcErrors.retryAfterCleaning(e));
        }
    }
}
