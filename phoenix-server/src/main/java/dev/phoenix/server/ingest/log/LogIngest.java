package dev.phoenix.server.ingest.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.phoenix.server.ingest.Evaluations;
import dev.phoenix.server.ingest.OverloadException;
import dev.phoenix.server.ingest.PartialSuccess;
import dev.phoenix.server.ingest.Signal;
import dev.phoenix.server.ingest.StorageFullException;
import dev.phoenix.server.ingest.decode.DecodedLogs;
import dev.phoenix.server.ingest.decode.EvaluationEvents;
import dev.phoenix.server.ingest.decode.LogDecoder;
import dev.phoenix.server.ingest.decode.LogJson;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.ingest.ledger.RejectionLedger;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.settings.IngestSettings;
import io.grpc.MethodDescriptor;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Logs: events of spans are kept, all other records counted. */
@Component
public class LogIngest implements Signal<ExportLogsServiceRequest, ExportLogsServiceResponse> {

    private final LogInbox inbox;
    private final Evaluations evaluations;
    private final RejectionLedger ledger;
    private final LogMetrics metrics;
    private final Stages stages;
    private final boolean masksSecrets;

    LogIngest(
            LogInbox inbox,
            Evaluations evaluations,
            RejectionLedger ledger,
            LogMetrics metrics,
            Stages stages,
            IngestSettings settings) {
        this.masksSecrets = settings.maskLeakedSecrets();
        this.inbox = inbox;
        this.evaluations = evaluations;
        this.ledger = ledger;
        this.metrics = metrics;
        this.stages = stages;
    }

    @Override
    public String requestName() {
        return "ExportLogsServiceRequest";
    }

    @Override
    public ExportLogsServiceRequest parse(CodedInputStream protobuf)
            throws InvalidProtocolBufferException {
        return ExportLogsServiceRequest.parser().parseFrom(protobuf);
    }

    @Override
    public ExportLogsServiceRequest parse(byte[] json) throws MalformedRequestException {
        return LogJson.parse(json);
    }

    @Override
    public MethodDescriptor<?, ExportLogsServiceResponse> grpcMethod() {
        return LogsServiceGrpc.getExportMethod();
    }

    @Override
    public ExportLogsServiceResponse export(
            ExportLogsServiceRequest request, @Nullable String projectName, Carrier carrier)
            throws OverloadException, StorageFullException {
        DecodedLogs decoded;
        try (var decode = stages.begin(Stage.DECODE)) {
            decoded = LogDecoder.decode(request, projectName, masksSecrets);
            decode.with("events", decoded.events().size());
        }
        List<Rejection> rejections = new ArrayList<>(decoded.rejections());
        try (var commit = stages.begin(Stage.COMMIT)) {
            rejections.addAll(inbox.accept(decoded.events()));
            evaluations.accept(EvaluationEvents.ofLogs(decoded.events()));
        }
        metrics.received(decoded, rejections.size());
        ledger.record(rejections, carrier);
        return answer(rejections);
    }

    private static ExportLogsServiceResponse answer(List<Rejection> rejections) {
        if (rejections.isEmpty()) {
            return ExportLogsServiceResponse.getDefaultInstance();
        }
        List<String> reasons = rejections.stream().map(Rejection::sentence).toList();
        return ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(
                        ExportLogsPartialSuccess.newBuilder()
                                .setRejectedLogRecords(rejections.size())
                                .setErrorMessage(PartialSuccess.message(reasons)))
                .build();
    }
}
