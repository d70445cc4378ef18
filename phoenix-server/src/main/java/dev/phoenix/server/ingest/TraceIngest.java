package dev.phoenix.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.phoenix.server.ingest.decode.DecodedRequest;
import dev.phoenix.server.ingest.decode.EvaluationEvents;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.decode.SpanDecoder;
import dev.phoenix.server.ingest.decode.TraceJson;
import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.ingest.ledger.RejectionLedger;
import dev.phoenix.server.ingest.log.EarlyEvents;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.ingest.write.Committer;
import io.grpc.MethodDescriptor;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Spans: from a parsed export request to its answer. */
@Component
class TraceIngest implements Signal<ExportTraceServiceRequest, ExportTraceServiceResponse> {

    private final SpanDecoder decoder;
    private final EarlyEvents earlyEvents;
    private final Committer committer;
    private final Evaluations evaluations;
    private final RejectionLedger ledger;
    private final Stages stages;

    TraceIngest(
            SpanDecoder decoder,
            EarlyEvents earlyEvents,
            Committer committer,
            Evaluations evaluations,
            RejectionLedger ledger,
            Stages stages) {
        this.decoder = decoder;
        this.earlyEvents = earlyEvents;
        this.committer = committer;
        this.evaluations = evaluations;
        this.ledger = ledger;
        this.stages = stages;
    }

    @Override
    public String requestName() {
        return "ExportTraceServiceRequest";
    }

    @Override
    public ExportTraceServiceRequest parse(CodedInputStream protobuf)
            throws InvalidProtocolBufferException {
        return ExportTraceServiceRequest.parser().parseFrom(protobuf);
    }

    @Override
    public ExportTraceServiceRequest parse(byte[] json) throws MalformedRequestException {
        return TraceJson.parse(json);
    }

    @Override
    public MethodDescriptor<?, ExportTraceServiceResponse> grpcMethod() {
        return TraceServiceGrpc.getExportMethod();
    }

    @Override
    public ExportTraceServiceResponse export(
            ExportTraceServiceRequest request, @Nullable String projectName, Carrier carrier)
            throws OverloadException, StorageFullException {
        DecodedRequest decoded;
        try (var decode = stages.begin(Stage.DECODE)) {
            decoded = decoder.decode(request, projectName, earlyEvents.of(request));
            decode.with("spans", decoded.spans().size());
        }
        List<Rejection> rejections = new ArrayList<>(decoded.rejections());
        rejections.addAll(committer.commit(decoded.spans()));
        evaluations.accept(EvaluationEvents.ofSpans(decoded.spans()));
        ledger.record(rejections, carrier);
        return answer(
                rejections.stream()
                        .filter(rejection -> rejection.reason().countsAsRejected())
                        .map(Rejection::sentence)
                        .toList());
    }

    private static ExportTraceServiceResponse answer(List<String> rejections) {
        if (rejections.isEmpty()) {
            return ExportTraceServiceResponse.getDefaultInstance();
        }
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(
                        ExportTracePartialSuccess.newBuilder()
                                .setRejectedSpans(rejections.size())
                                .setErrorMessage(PartialSuccess.message(rejections)))
                .build();
    }
}
