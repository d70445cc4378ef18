package dev.phoenix.server.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.ingest.dialect.Derivation.Reason;
import dev.phoenix.server.ingest.dialect.Dialects;
import dev.phoenix.server.ingest.dialect.StoredDerivation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a span looks as it does: which conventions were recognised, what was read from which
 * attribute, and what is missing for which reason.
 *
 * @param masked attributes whose values were secrets and are not kept
 * @param repetition the span that counts the same call; null where this one counts itself
 */
@Schema(name = "SpanDerivation")
record SpanDerivation(
        List<SpanDialect> dialects,
        List<SpanDerivedField> fields,
        List<SpanMissingField> missing,
        List<String> masked,
        @Nullable SpanRepetition repetition) {

    static SpanDerivation of(Span span, SpanPayload payload, SpanOrigin origin) {
        StoredDerivation stored = StoredDerivation.read(payload.derivation());
        SpanOrigin.Scope scope = origin.scope();
        ContentAdvice advice =
                new ContentAdvice(scope == null ? "" : scope.name(), stored.dialects());
        return new SpanDerivation(
                stored.dialects().stream()
                        .map(id -> new SpanDialect(id, Dialects.title(id)))
                        .toList(),
                stored.derived().entrySet().stream()
                        .map(
                                field ->
                                        new SpanDerivedField(
                                                field.getKey(),
                                                field.getValue().dialect(),
                                                field.getValue().attribute()))
                        .toList(),
                missing(span, payload, stored, advice),
                stored.masked(),
                span.repetition());
    }

    /** What the rules noted when the span was read, then what a span of its kind lacks besides. */
    private static List<SpanMissingField> missing(
            Span span, SpanPayload payload, StoredDerivation stored, ContentAdvice advice) {
        List<SpanMissingField> noted =
                stored.missing().stream()
                        .map(
                                missing ->
                                        new SpanMissingField(
                                                missing.path(),
                                                missing.reason(),
                                                missing.source(),
                                                advice.of(missing.path(), missing.reason())))
                        .toList();
        Stream<SpanMissingField> besides =
                ExpectedFields.missing(span, payload.attributes()).entrySet().stream()
                        .filter(
                                entry ->
                                        noted.stream()
                                                .noneMatch(
                                                        field ->
                                                                field.path()
                                                                        .equals(entry.getKey())))
                        .map(
                                entry ->
                                        new SpanMissingField(
                                                entry.getKey(),
                                                entry.getValue(),
                                                entry.getValue() == Reason.UNREADABLE
                                                        ? entry.getKey()
                                                        : null,
                                                advice.of(entry.getKey(), entry.getValue())));
        return Stream.concat(noted.stream(), besides).toList();
    }

    @Schema(name = "SpanDialect")
    record SpanDialect(String id, String title) {}

    /** An attribute that was not sent under this name. */
    @Schema(name = "SpanDerivedField")
    record SpanDerivedField(String path, String dialect, String source) {}

    /**
     * What one looks for in a span and does not find.
     *
     * @param source the attribute that cannot be read, or the place in it; null where nothing was
     *     sent
     * @param advice what to change at the sender; null where nothing is known to help
     */
    @Schema(name = "SpanMissingField")
    record SpanMissingField(
            String path,
            @JsonProperty("reason") Reason reason,
            @Nullable String source,
            @Nullable String advice) {}
}
