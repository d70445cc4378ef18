package dev.phoenix.server.ingest.decode;

import com.google.protobuf.ByteString;
import dev.phoenix.core.attribute.AttributeTree;
import dev.phoenix.server.ingest.dialect.Derivation;
import dev.phoenix.server.ingest.dialect.Dialects;
import dev.phoenix.server.ingest.dialect.SentEvent;
import dev.phoenix.server.ingest.dialect.StoredDerivation;
import dev.phoenix.server.settings.IngestSettings;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Turns an export request into spans ready to be stored; a span that cannot be one is refused
 * alone.
 */
@Component
public final class SpanDecoder {

    private static final String DEFAULT_PROJECT = "default";
    private static final String PROJECT_ATTRIBUTE = "openinference.project.name";

    /**
     * What an id begins with whose text was not hexadecimal; the text follows. Longer than any id,
     * so that only its span is refused, with what the sender wrote.
     */
    static final ByteString NOT_HEX = ByteString.copyFromUtf8("not hexadecimal: ");

    /** Protobuf would have to walk the whole span to tell its size. */
    private static final int TYPICAL_CHARS = 4096;

    private static final HexFormat HEX = HexFormat.of();

    private final Dialects dialects;
    private final boolean masksSecrets;

    public SpanDecoder(Dialects dialects, IngestSettings settings) {
        this.dialects = dialects;
        this.masksSecrets = settings.maskLeakedSecrets();
    }

    /**
     * @param projectName overrides the project of every resource when not null or empty
     * @param logged events of the spans that came before them
     */
    public DecodedRequest decode(
            ExportTraceServiceRequest request, @Nullable String projectName, LoggedEvents logged) {
        List<DecodedSpan> spans = new ArrayList<>();
        List<Rejection> rejections = new ArrayList<>();
        for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
            Secrets secretsOfResource = new Secrets();
            Resource resource =
                    masksSecrets
                            ? secretsOfResource.hide(resourceSpans.getResource())
                            : resourceSpans.getResource();
            String project = project(resource, projectName);
            Origin origin = originOf(resource);
            for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
                Secrets secretsOfScope = new Secrets();
                Origin scope = scopeOf(scopeSpans, secretsOfScope);
                for (Span sent : scopeSpans.getSpansList()) {
                    Secrets secrets = new Secrets();
                    Span span = masksSecrets ? secrets.hide(sent) : sent;
                    Flaw flaw = flawOf(span);
                    if (flaw == null) {
                        spans.add(
                                decode(
                                        span,
                                        project,
                                        origin,
                                        scope,
                                        derivation(span, scope, logged)
                                                .withMasked(
                                                        all(
                                                                secretsOfResource.masked(),
                                                                secretsOfScope.masked(),
                                                                secrets.masked(),
                                                                logged.masked(span))),
                                        logged));
                    } else {
                        rejections.add(rejection(span, flaw, project, origin));
                    }
                }
            }
        }
        return new DecodedRequest(spans, rejections);
    }

    /**
     * @param override of the resource's own, unless null or empty
     */
    static String project(Resource resource, @Nullable String override) {
        return ShortText.name(
                override == null || override.isEmpty() ? projectOf(resource) : override);
    }

    static Origin originOf(Resource resource) {
        return Origin.of("", "", sortedAttributes(resource.getAttributesList()));
    }

    private static String projectOf(Resource resource) {
        for (KeyValue attribute : resource.getAttributesList()) {
            if (attribute.getKey().equals(PROJECT_ATTRIBUTE)
                    && !attribute.getValue().getStringValue().isEmpty()) {
                return attribute.getValue().getStringValue();
            }
        }
        return DEFAULT_PROJECT;
    }

    private Origin scopeOf(ScopeSpans scopeSpans, Secrets secrets) {
        var scope = masksSecrets ? secrets.hide(scopeSpans.getScope()) : scopeSpans.getScope();
        return Origin.of(
                JsonText.storable(scope.getName()),
                JsonText.storable(scope.getVersion()),
                sortedAttributes(scope.getAttributesList()));
    }

    private static String sortedAttributes(List<KeyValue> attributes) {
        List<KeyValue> sorted = new ArrayList<>(attributes);
        sorted.sort(Comparator.comparing(KeyValue::getKey));
        JsonText json = new JsonText(256);
        new Leaves(json).attributes(sorted);
        return json.toString();
    }

    private static Rejection rejection(Span span, Flaw flaw, String project, Origin resource) {
        return new Rejection(
                flaw.reason(),
                flaw.message(),
                project,
                shown(span.getTraceId()),
                shown(span.getSpanId()),
                JsonText.storable(span.getName()),
                resource);
    }

    private static @Nullable Flaw flawOf(Span span) {
        if (isNoId(span.getTraceId(), 16)) {
            return Flaw.ofId("trace_id must be 16 bytes, not all zero", span.getTraceId());
        }
        if (isNoId(span.getSpanId(), 8)) {
            return Flaw.ofId("span_id must be 8 bytes, not all zero", span.getSpanId());
        }
        if (!span.getParentSpanId().isEmpty() && span.getParentSpanId().size() != 8) {
            return Flaw.ofId("parent_span_id must be empty or 8 bytes", span.getParentSpanId());
        }
        if (span.getStartTimeUnixNano() < 0 || span.getEndTimeUnixNano() < 0) {
            return Flaw.ofTime(
                    "start and end time must be below 2^63 nanoseconds, were "
                            + Long.toUnsignedString(span.getStartTimeUnixNano())
                            + " and "
                            + Long.toUnsignedString(span.getEndTimeUnixNano()));
        }
        for (Span.Event event : span.getEventsList()) {
            if (event.getTimeUnixNano() < 0) {
                return Flaw.ofTime(
                        "the times of events must be below 2^63 nanoseconds, one was "
                                + Long.toUnsignedString(event.getTimeUnixNano()));
            }
        }
        return null;
    }

    private static boolean isNoId(ByteString id, int length) {
        return id.size() != length || isZero(id);
    }

    static boolean isZero(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }

    @SafeVarargs
    private static List<String> all(List<String>... lists) {
        List<String> all = List.of();
        for (List<String> list : lists) {
            if (all.isEmpty()) {
                all = list;
            } else if (!list.isEmpty()) {
                all = Stream.concat(all.stream(), list.stream()).toList();
            }
        }
        return all;
    }

    private Derivation derivation(Span span, Origin scope, LoggedEvents logged) {
        List<SentEvent> joined = logged.sent(span);
        long evidence = dialects.evidenceOfScope(scope.name()) | evidence(span);
        for (SentEvent event : joined) {
            evidence |= dialects.evidenceOfEvent(event.name());
        }
        return evidence == 0
                ? Derivation.NONE
                : dialects.read(SentSpans.of(span, joined, scope), evidence);
    }

    private long evidence(Span span) {
        long found = 0;
        for (KeyValue attribute : span.getAttributesList()) {
            found |= dialects.evidenceOfAttribute(attribute.getKey());
        }
        for (Span.Event event : span.getEventsList()) {
            found |= dialects.evidenceOfEvent(event.getName());
        }
        return found;
    }

    private static DecodedSpan decode(
            Span span,
            String project,
            Origin resource,
            Origin scope,
            Derivation found,
            LoggedEvents logged) {
        AttributeTree<Object> merged = SpanAttributes.merged(span.getAttributesList(), found);
        Derivation derivation = DerivedCounts.settled(found, merged);
        AttributeTree<Object> attributes =
                derivation.equals(found)
                        ? merged
                        : SpanAttributes.merged(span.getAttributesList(), derivation);
        String kind = SpanColumns.kind(attributes);
        return new DecodedSpan(
                project,
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                isZero(span.getParentSpanId()) ? null : hex(span.getParentSpanId()),
                JsonText.storable(span.getName()),
                kind,
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                status(span.getStatus()),
                JsonText.storable(span.getStatus().getMessage()),
                SpanColumns.derive(attributes, kind, derivation),
                payload(span, attributes, derivation, resource, scope, logged));
    }

    private static DecodedSpan.Payload payload(
            Span span,
            AttributeTree<Object> attributes,
            Derivation derivation,
            Origin resource,
            Origin scope,
            LoggedEvents logged) {
        JsonText json = new JsonText(TYPICAL_CHARS);
        attributes.accept(new Leaves(json));
        JsonText events = SpanEvents.toJson(span.getEventsList());
        JsonText links =
                span.getLinksCount() == 0 ? null : SpanEvents.linksToJson(span.getLinksList());
        return new DecodedSpan.Payload(
                json.toString(),
                logged.addedTo(events.toString(), span),
                links == null ? null : links.toString(),
                span.getTraceState().isEmpty() ? null : JsonText.storable(span.getTraceState()),
                StoredDerivation.write(derivation),
                span.getKindValue(),
                resource,
                scope,
                contentHash(
                        span,
                        json.contentHash(),
                        events.contentHash(),
                        links == null ? 0 : links.contentHash()));
    }

    /** What the span itself says. Its resource and scope say who sent it. */
    private static long contentHash(Span span, long attributes, long events, long links) {
        return Fingerprint.of(
                Fingerprint.of(span.getTraceId()),
                Fingerprint.of(span.getParentSpanId()),
                Fingerprint.of(span.getName()),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                span.getStatus().getCodeValue(),
                Fingerprint.of(span.getStatus().getMessage()),
                Fingerprint.of(span.getTraceState()),
                span.getKindValue(),
                attributes,
                events,
                links);
    }

    private static String status(Status status) {
        return switch (status.getCode()) {
            case STATUS_CODE_OK -> "OK";
            case STATUS_CODE_ERROR -> "ERROR";
            default -> "UNSET";
        };
    }

    /** An id that is none may have any length. */
    static String shown(ByteString id) {
        return id.startsWith(NOT_HEX)
                ? Quoted.plain(id.substring(NOT_HEX.size()).toStringUtf8())
                : Quoted.plain(id);
    }

    static String hex(ByteString id) {
        return HEX.formatHex(id.toByteArray());
    }

    private record Flaw(RejectionReason reason, String message) {

        static Flaw ofId(String rule, ByteString id) {
            return new Flaw(RejectionReason.INVALID_ID, rule + ", was '" + shown(id) + "'");
        }

        static Flaw ofTime(String message) {
            return new Flaw(RejectionReason.INVALID_TIME, message);
        }
    }
}
