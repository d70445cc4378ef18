package dev.phoenix.server.trace;

import dev.phoenix.server.api.AnswerBudget;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.GlobalId;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Extension: how a span was read, and why fields of it are empty. */
@RestController
@Tag(name = "spans")
class SpanDerivationController {

    private final SpanReader spans;
    private final SpanPayloads payloads;
    private final SpanOrigins origins;

    SpanDerivationController(SpanReader spans, SpanPayloads payloads, SpanOrigins origins) {
        this.spans = spans;
        this.payloads = payloads;
        this.origins = origins;
    }

    @Schema(name = "GetSpanDerivationResponseBody", requiredProperties = "data")
    record GetSpanDerivationResponseBody(SpanDerivation data) {}

    @GetMapping("/v1/spans/{span_identifier}/derivation")
    GetSpanDerivationResponseBody getSpanDerivation(
            @PathVariable("span_identifier") String spanIdentifier) {
        Span span =
                find(spanIdentifier)
                        .orElseThrow(
                                () ->
                                        ApiException.notFound(
                                                "no span has the id or span id " + spanIdentifier));
        List<Long> key = List.of(span.key());
        return new GetSpanDerivationResponseBody(
                SpanDerivation.of(
                        span,
                        payloads.ofGroup(key).getOrDefault(span.key(), SpanPayload.EMPTY),
                        origins.byKeys(key, new AnswerBudget())
                                .getOrDefault(span.key(), SpanOrigin.UNKNOWN)));
    }

    private Optional<Span> find(String identifier) {
        OptionalLong key = GlobalId.keyOf(Span.TYPE, identifier);
        return key.isPresent() ? spans.find(key.getAsLong()) : spans.findBySpanId(identifier);
    }
}
