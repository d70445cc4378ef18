package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.project.RollupWidth;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one batch adds to the time buckets of its projects. */
final class RollupChanges {

    private final SortedMap<Bucket, RollupChange> changes = new TreeMap<>();

    /** The rows' order is the order they are locked in. */
    record Bucket(long projectKey, RollupWidth width, long startNs) implements Comparable<Bucket> {

        private static final Comparator<Bucket> ORDER =
                Comparator.comparingLong(Bucket::projectKey)
                        .thenComparing(Bucket::width)
                        .thenComparingLong(Bucket::startNs);

        @Override
        public int compareTo(Bucket other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * @param batch traces whose trees are added up
     */
    static SortedMap<Bucket, RollupChange> of(Collection<TraceChange> batch) {
        RollupChanges minutes = new RollupChanges();
        for (TraceChange trace : batch) {
            minutes.addSpans(trace);
            minutes.addTrace(trace);
        }
        return minutes.ofAllWidths();
    }

    /** What was said about minutes, for the buckets of every width. */
    SortedMap<Bucket, RollupChange> ofAllWidths() {
        RollupChanges all = new RollupChanges();
        changes.forEach(
                (bucket, change) -> {
                    for (RollupWidth width : RollupWidth.values()) {
                        all.at(bucket.projectKey(), width, bucket.startNs()).add(change);
                    }
                });
        return all.changes;
    }

    private void addSpans(TraceChange trace) {
        for (DecodedSpan span : trace.spans()) {
            SpanNode node = trace.tree().node(span.spanId());
            Sums counted = node.wrapsLlm() ? node.own().minus(node.own().tokens()) : node.own();
            minute(trace, span.startNs())
                    .addSpan(span.endNs() - span.startNs(), span.status().equals("OK"), counted);
        }
        for (SpanNode wrapper : trace.tree().newWrappers()) {
            minute(trace, wrapper.stored().startNs()).subtract(wrapper.own().tokens());
        }
    }

    private void addTrace(TraceChange trace) {
        StoredTrace before = trace.before();
        if (before != null) {
            if (before.startNs() == trace.startNs() && before.endNs() == trace.endNs()) {
                return;
            }
            minute(trace, before.startNs()).removeTrace(before.endNs() - before.startNs());
        }
        minute(trace, trace.startNs()).addTrace(trace.endNs() - trace.startNs());
    }

    private RollupChange minute(TraceChange trace, long timeNs) {
        return minute(trace.projectKey(), timeNs);
    }

    RollupChange minute(long projectKey, long timeNs) {
        return at(projectKey, RollupWidth.MINUTE, timeNs);
    }

    private RollupChange at(long projectKey, RollupWidth width, long timeNs) {
        Bucket bucket = new Bucket(projectKey, width, width.startOf(timeNs));
        return changes.computeIfAbsent(bucket, any -> new RollupChange());
    }
}
