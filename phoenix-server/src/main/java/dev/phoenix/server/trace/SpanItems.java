package dev.phoenix.server.trace;

import dev.phoenix.server.trace.SpanItem.SpanContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** Completes spans with their payloads for REST answers, while the answer is written. */
@Component
class SpanItems {

    private static final String KIND = "openinference.span.kind";

    private final SpanPayloads payloads;

    SpanItems(SpanPayloads payloads) {
        this.payloads = payloads;
    }

    /**
     * Reads the first payloads at once, so that what fails fails before the answer begins, and the
     * others when it gets to them.
     */
    Iterator<SpanItem> of(List<Span> spans) {
        return new Reading<>(spans, SpanItems::item);
    }

    /** The same in the notation of OTLP. */
    Iterator<OtlpSpan> otlp(List<Span> spans, boolean withDerived) {
        return new Reading<>(spans, (span, payload) -> OtlpSpan.of(span, payload, withDerived));
    }

    /** The kind is shown as it was sent, not as it was understood. */
    private static SpanItem item(Span span, SpanPayload payload) {
        FlatAttributes attributes = new FlatAttributes(payload.attributes(), KIND);
        return new SpanItem(
                span.id(),
                span.name(),
                new SpanContext(span.traceId(), span.spanId()),
                Objects.requireNonNullElse(attributes.text(KIND), "UNKNOWN"),
                span.parentId(),
                span.startTime(),
                span.endTime(),
                span.statusCode(),
                span.statusMessage(),
                attributes,
                new FlatEvents(payload.events()));
    }

    private final class Reading<T> implements Iterator<T> {

        private final BiFunction<Span, SpanPayload, T> item;
        private final Iterator<Span> spans;
        private final Deque<List<Long>> groups;
        private Map<Long, SpanPayload> group = Map.of();
        private int leftInGroup;

        Reading(List<Span> listed, BiFunction<Span, SpanPayload, T> item) {
            this.item = item;
            spans = listed.iterator();
            groups = new ArrayDeque<>(payloads.groups(listed.stream().map(Span::key).toList()));
            readGroup();
        }

        @Override
        public boolean hasNext() {
            return spans.hasNext();
        }

        @Override
        public T next() {
            if (leftInGroup == 0) {
                readGroup();
            }
            leftInGroup--;
            Span span = spans.next();
            SpanPayload payload = group.remove(span.key());
            return item.apply(span, payload == null ? SpanPayload.EMPTY : payload);
        }

        private void readGroup() {
            if (!groups.isEmpty()) {
                List<Long> keys = groups.remove();
                group = new HashMap<>(payloads.ofGroup(keys));
                leftInGroup = keys.size();
            }
        }
    }
}
