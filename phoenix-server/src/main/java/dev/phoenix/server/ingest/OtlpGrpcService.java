package dev.phoenix.server.ingest;

import com.google.protobuf.Message;
import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.ingest.stage.RunningStage;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.settings.IngestSettings;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.Objects;

/** A signal of OTLP over gRPC, answered after the commit. */
final class OtlpGrpcService<Q, A extends Message> implements BindableService {

    private final Signal<Q, A> signal;
    private final IngestSettings limits;
    private final Stages stages;

    OtlpGrpcService(Signal<Q, A> signal, IngestSettings limits, Stages stages) {
        this.signal = signal;
        this.limits = limits;
        this.stages = stages;
    }

    @Override
    public ServerServiceDefinition bindService() {
        MethodDescriptor<?, A> export = signal.grpcMethod();
        var method =
                export.toBuilder(
                                ReceivedExport.marshaller(signal, limits),
                                export.getResponseMarshaller())
                        .build();
        return ServerServiceDefinition.builder(Objects.requireNonNull(method.getServiceName()))
                .addMethod(method, ServerCalls.asyncUnaryCall(this::export))
                .build();
    }

    private void export(ReceivedExport<Q> received, StreamObserver<A> answers) {
        InboundCall call = InboundCall.current();
        try (var held = call.handle()) {
            if (call.isRefused()) {
                return;
            }
            switch (received) {
                case ReceivedExport.Readable<Q>(var request) -> export(request, answers);
                case ReceivedExport.Unreadable<Q>(var refusal) -> answers.onError(refusal);
            }
        }
    }

    private void export(Q request, StreamObserver<A> answers) {
        try (var stage = stages.begin(Stage.REQUEST).with("protocol", Carrier.GRPC.protocol())) {
            answer(request, answers, stage);
        }
    }

    private void answer(Q request, StreamObserver<A> answers, RunningStage stage) {
        try {
            answers.onNext(signal.export(request, null, Carrier.GRPC));
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
