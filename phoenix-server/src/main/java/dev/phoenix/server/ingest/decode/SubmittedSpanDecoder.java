package dev.phoenix.server.ingest.decode;

import dev.phoenix.core.attribute.AttributeTree;
import dev.phoenix.server.ingest.decode.SubmittedSpan.SpanEvent;
import dev.phoenix.server.ingest.dialect.Derivation;
import dev.phoenix.server.ingest.dialect.Dialects;
import dev.phoenix.server.ingest.dialect.StoredDerivation;
import dev.phoenix.server.settings.IngestSettings;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.StringNode;

/**
 * Turns a span of the REST API into one ready to be stored, by the rules for OTLP except that text
 * is never opened as JSON. Its ids are stored as they are.
 */
@Component
public final class SubmittedSpanDecoder {

    private static final String KIND = "openinference.span.kind";
    private static final Set<String> STATUS_CODES = Set.of("OK", "ERROR", "UNSET");
    private static final int LONGEST_ID = 256;
    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final Origin NOWHERE = Origin.of("", "", "{}");

    private final Dialects dialects;
    private final boolean masksSecrets;

    public SubmittedSpanDecoder(Dialects dialects, IngestSettings settings) {
        this.dialects = dialects;
        this.masksSecrets = settings.maskLeakedSecrets();
    }

    /** Why the span cannot be stored, or null. */
    public static @Nullable String flawOf(SubmittedSpan span) {
        String flaw = flawOfId("trace_id", span.context().traceId());
        if (flaw == null) {
            flaw = flawOfId("span_id", span.context().spanId());
        }
        if (flaw == null && span.parentId() != null && !span.parentId().isEmpty()) {
            flaw = flawOfId("parent_id", span.parentId());
        }
        if (flaw == null) {
            flaw = flawOfTime("start_time", span.startTime());
        }
        if (flaw == null) {
            flaw = flawOfTime("end_time", span.endTime());
        }
        for (SpanEvent event : span.events()) {
            if (flaw == null) {
                flaw = flawOfTime("the timestamp of an event", event.timestamp());
            }
        }
        return flaw;
    }

    public DecodedSpan decode(SubmittedSpan sent, String project) {
        Secrets secrets = new Secrets();
        SubmittedSpan span =
                masksSecrets
                        ? sent.with(
                                secrets.hideMessage(sent.statusMessage()),
                                secrets.hide(sent.attributes()),
                                secrets.hideEvents(sent.events()))
                        : sent;
        Derivation found = dialects.read(SentSpans.of(span)).withMasked(secrets.masked());
        Derivation derivation = DerivedCounts.settled(found, attributes(span, found));
        AttributeTree<Object> attributes = attributes(span, derivation);
        String kind = SpanColumns.kind(attributes);
        String status = span.statusCode().toUpperCase(Locale.ROOT);
        return new DecodedSpan(
                ShortText.name(project),
                span.context().traceId(),
                span.context().spanId(),
                span.parentId() == null || span.parentId().isEmpty() ? null : span.parentId(),
                JsonText.storable(span.name()),
                kind,
                nanos(span.startTime()).longValueExact(),
                nanos(span.endTime()).longValueExact(),
                STATUS_CODES.contains(status) ? status : "UNSET",
                JsonText.storable(span.statusMessage()),
                SpanColumns.derive(attributes, kind, derivation),
                payload(span, attributes, derivation));
    }

    /** The kind has a member of its own here, which wins unless it says that it is unknown. */
    private static AttributeTree<Object> attributes(SubmittedSpan span, Derivation derivation) {
        Map<String, Object> attributes = new LinkedHashMap<>(span.attributes());
        StringNode kind = StringNode.valueOf(span.spanKind());
        if (!span.spanKind().equalsIgnoreCase(SpanColumns.UNKNOWN)) {
            attributes.put(KIND, kind);
            return SpanAttributes.merged(attributes, derivation);
        }
        attributes.remove(KIND);
        return SpanAttributes.merged(
                attributes, derivation.kind() == null ? derivation.with(KIND, kind) : derivation);
    }

    private static DecodedSpan.Payload payload(
            SubmittedSpan span, AttributeTree<Object> attributes, Derivation derivation) {
        JsonText json = new JsonText(1024);
        attributes.accept(new Leaves(json));
        JsonText events = SpanEvents.submittedToJson(span.events());
        long contentHash =
                Fingerprint.of(
                        Fingerprint.of(span.context().traceId()),
                        Fingerprint.of(span.parentId()),
                        Fingerprint.of(span.name()),
                        nanos(span.startTime()).longValue(),
                        nanos(span.endTime()).longValue(),
                        Fingerprint.of(span.statusCode()),
                        Fingerprint.of(span.statusMessage()),
                        json.contentHash(),
                        events.contentHash());
        return new DecodedSpan.Payload(
                json.toString(),
                events.toString(),
                null,
                null,
                StoredDerivation.write(derivation),
                0,
                NOWHERE,
                NOWHERE,
                contentHash);
    }

    private static @Nullable String flawOfId(String name, String id) {
        if (id.isBlank() || id.length() > LONGEST_ID) {
            return "%s must have 1 to %d characters, had %d"
                    .formatted(name, LONGEST_ID, id.strip().length());
        }
        return JsonText.storable(id).equals(id)
                ? null
                : name + " must not contain U+0000 or unpaired surrogates";
    }

    private static @Nullable String flawOfTime(String name, Instant time) {
        BigInteger nanos = nanos(time);
        return nanos.signum() >= 0 && nanos.bitLength() < Long.SIZE
                ? null
                : name + " must be from 1970 to 2262, was " + time;
    }

    private static BigInteger nanos(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond())
                .multiply(NANOS_PER_SECOND)
                .add(BigInteger.valueOf(time.getNano()));
    }
}
