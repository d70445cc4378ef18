package dev.phoenix.server.ingest;

import dev.phoenix.server.ingest.decode.DecodedRequest;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.decode.SpanDecoder;
import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.ingest.ledger.RejectionLedger;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.ingest.write.Committer;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** From a parsed export request to its answer, for both transports. */
@Component
class TraceIngest {

    /**
     * Senders log the message: a handful of reasons tells what is wrong, thousands do not tell
     * more.
     */
    private static final int REASONS_SHOWN = 5;

    private final SpanDecoder decoder;
    private final Committer committer;
    private final RejectionLedger ledger;
    private final Stages stages;

    TraceIngest(SpanDecoder decoder, Committer committer, RejectionLedger ledger, Stages stages) {
        this.decoder = decoder;
        this.committer = committer;
        this.ledger = ledger;
        this.stages = stages;
    }

    /** Returns after the commit; the answer counts the spans that were refused. */
    ExportTraceServiceResponse export(
            ExportTraceServiceRequest request, @Nullable String projectName, Carrier carrier)
            throws OverloadException, StorageFullException {
        DecodedRequest decoded;
        try (var decode = stages.begin(Stage.DECODE)) {
            decoded = decoder.decode(request, projectName);
            decode.with("spans", decoded.spans().size());
        }
        List<Rejection> rejections = new ArrayList<>(decoded.rejections());
        rejections.addAll(committer.commit(decoded.spans()));
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
        String shown =
                String.join(
                        "; ", rejections.subList(0, Math.min(rejections.size(), REASONS_SHOWN)));
        int more = rejections.size() - REASONS_SHOWN;
        return ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(
                        ExportTracePartialSuccess.newBuilder()
                                .setRejectedSpans(rejections.size())
                                .setErrorMessage(
                                        more > 0 ? shown + "; and " + more + " more" : shown))
                .build();
    }
}
