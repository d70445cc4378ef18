package dev.phoenix.server.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.EvaluationEvents;
import dev.phoenix.server.ingest.decode.Rejection;
import dev.phoenix.server.ingest.decode.SubmittedSpan;
import dev.phoenix.server.ingest.decode.SubmittedSpan.SpanContext;
import dev.phoenix.server.ingest.decode.SubmittedSpanDecoder;
import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.ingest.ledger.RejectionLedger;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.ingest.write.Committer;
import dev.phoenix.server.ingest.write.KnownSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Stores what the REST API was given, unless one of the spans is known or cannot be stored. */
@Component
class SpanSubmission {

    private final SubmittedSpanDecoder decoder;
    private final Committer committer;
    private final KnownSpans known;
    private final Evaluations evaluations;
    private final RejectionLedger ledger;
    private final JsonMapper json;
    private final Stages stages;

    SpanSubmission(
            SubmittedSpanDecoder decoder,
            Committer committer,
            KnownSpans known,
            Evaluations evaluations,
            RejectionLedger ledger,
            JsonMapper json,
            Stages stages) {
        this.decoder = decoder;
        this.committer = committer;
        this.known = known;
        this.evaluations = evaluations;
        this.ledger = ledger;
        this.json = json;
        this.stages = stages;
    }

    /**
     * @return how many spans were taken, which is all but those that the database itself refused
     * @throws ApiException naming the spans because of which none was stored
     */
    int submit(List<SubmittedSpan> spans, String project, Carrier carrier)
            throws OverloadException, StorageFullException {
        List<InvalidSpan> invalid = new ArrayList<>();
        List<DecodedSpan> decoded = decode(spans, project, invalid);
        List<SpanContext> duplicates = duplicates(decoded);
        if (!duplicates.isEmpty() || !invalid.isEmpty()) {
            throw refuse(spans.size(), duplicates, invalid);
        }
        // First, because the same request again would be refused for its known spans.
        evaluations.accept(EvaluationEvents.ofSpans(decoded));
        List<Rejection> rejections = committer.commit(decoded);
        ledger.record(rejections, carrier);
        return decoded.size()
                - (int) rejections.stream().filter(r -> r.reason().countsAsRejected()).count();
    }

    private List<DecodedSpan> decode(
            List<SubmittedSpan> spans, String project, List<InvalidSpan> invalid) {
        try (var decode = stages.begin(Stage.DECODE).with("spans", spans.size())) {
            List<DecodedSpan> decoded = new ArrayList<>();
            for (SubmittedSpan span : spans) {
                String flaw = SubmittedSpanDecoder.flawOf(span);
                if (flaw == null) {
                    decoded.add(decoder.decode(span, project));
                } else {
                    invalid.add(
                            new InvalidSpan(
                                    span.context().spanId(), span.context().traceId(), flaw));
                }
            }
            return decoded;
        }
    }

    private List<SpanContext> duplicates(List<DecodedSpan> spans) throws OverloadException {
        Set<String> ids =
                known.among(spans.stream().map(DecodedSpan::spanId).collect(Collectors.toSet()));
        return spans.stream()
                .filter(span -> ids.contains(span.spanId()))
                .map(span -> new SpanContext(span.traceId(), span.spanId()))
                .toList();
    }

    private ApiException refuse(
            int received, List<SpanContext> duplicates, List<InvalidSpan> invalid) {
        Refused refused =
                new Refused(
                        "Request contains invalid or duplicate spans; none was stored. Leave them"
                                + " out and send the rest again.",
                        received,
                        0,
                        duplicates.size(),
                        invalid.size(),
                        duplicates,
                        invalid);
        return ApiException.badRequest(json.writeValueAsString(refused));
    }

    private record InvalidSpan(
            @JsonProperty("span_id") String spanId,
            @JsonProperty("trace_id") String traceId,
            String error) {}

    /** Text for people and, read as JSON, lists for the Python client. */
    private record Refused(
            String error,
            @JsonProperty("total_received") int totalReceived,
            @JsonProperty("total_queued") int totalQueued,
            @JsonProperty("total_duplicates") int totalDuplicates,
            @JsonProperty("total_invalid") int totalInvalid,
            @JsonProperty("duplicate_spans") List<SpanContext> duplicateSpans,
            @JsonProperty("invalid_spans") List<InvalidSpan> invalidSpans) {}
}
