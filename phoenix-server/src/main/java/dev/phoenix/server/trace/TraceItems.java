package dev.phoenix.server.trace;

import dev.phoenix.server.api.ConnectionRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Completes traces with their spans for REST answers, while the answer is written. */
@Component
class TraceItems {

    /** Spans in memory at once, whether of many traces or of one that has more. */
    private static final int SPANS = 1000;

    private final SpanReader spans;

    TraceItems(SpanReader spans) {
        this.spans = spans;
    }

    /** Reads the first spans at once, so that what fails fails before the answer begins. */
    Iterator<TraceData> withSpans(List<Trace> traces) {
        return new Reading(traces);
    }

    private final class Reading implements Iterator<TraceData> {

        private final Iterator<Trace> traces;
        private final Deque<List<Trace>> groups;
        private Map<Long, List<Span>> group = Map.of();
        private int leftInGroup;

        Reading(List<Trace> listed) {
            traces = listed.iterator();
            groups = groups(listed);
            readGroup();
        }

        @Override
        public boolean hasNext() {
            return traces.hasNext();
        }

        @Override
        public TraceData next() {
            if (leftInGroup == 0) {
                readGroup();
            }
            leftInGroup--;
            Trace trace = traces.next();
            Iterator<Span> found =
                    isLarge(trace)
                            ? new Paging(trace.key())
                            : group.getOrDefault(trace.key(), List.of()).iterator();
            return TraceData.of(trace, new Mapped(found));
        }

        private void readGroup() {
            if (groups.isEmpty()) {
                return;
            }
            List<Trace> next = groups.remove();
            leftInGroup = next.size();
            group =
                    isLarge(next.getFirst())
                            ? Map.of()
                            : spans.ofTraces(next.stream().map(Trace::key).toList()).stream()
                                    .collect(Collectors.groupingBy(Span::traceKey));
        }
    }

    private static Deque<List<Trace>> groups(List<Trace> traces) {
        Deque<List<Trace>> groups = new ArrayDeque<>();
        long spans = 0;
        for (Trace trace : traces) {
            spans += trace.numSpans();
            if (groups.isEmpty() || spans > SPANS) {
                groups.add(new ArrayList<>());
                spans = trace.numSpans();
            }
            groups.getLast().add(trace);
        }
        return groups;
    }

    private static boolean isLarge(Trace trace) {
        return trace.numSpans() > SPANS;
    }

    private final class Paging implements Iterator<Span> {

        private final long traceKey;
        private @Nullable String after;
        private Iterator<Span> page = Collections.emptyIterator();
        private boolean isLast;

        Paging(long traceKey) {
            this.traceKey = traceKey;
        }

        @Override
        public boolean hasNext() {
            while (!page.hasNext() && !isLast) {
                var read =
                        spans.ofTrace(
                                traceKey, DSL.noCondition(), ConnectionRange.first(SPANS, after));
                page = read.map(listed -> listed.row()).rows().iterator();
                after = read.lastOfThis(listed -> listed.cursor());
                isLast = after == null;
            }
            return page.hasNext();
        }

        @Override
        public Span next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }

    private static final class Mapped implements Iterator<TraceSpanData> {

        private final Iterator<Span> spans;

        Mapped(Iterator<Span> spans) {
            this.spans = spans;
        }

        @Override
        public boolean hasNext() {
            return spans.hasNext();
        }

        @Override
        public TraceSpanData next() {
            return TraceSpanData.of(spans.next());
        }
    }
}
