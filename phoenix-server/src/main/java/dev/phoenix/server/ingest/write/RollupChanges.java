package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.project.RollupWidth;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
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

    /** What changes with revised traces. */
    static SortedMap<Bucket, RollupChange> ofRevised(Collection<RevisedTrace> traces) {
        RollupChanges minutes = new RollupChanges();
        for (RevisedTrace trace : traces) {
            minutes.reviseSpans(trace);
            minutes.reviseTrace(trace);
        }
        return minutes.ofAllWidths();
    }

    private void reviseSpans(RevisedTrace trace) {
        Map<Long, RevisedSpan> before = new HashMap<>();
        trace.spansBefore().forEach(span -> before.put(span.stored().key(), span));
        for (RevisedSpan span : trace.spans()) {
            RollupChange minute = minute(span);
            RevisedSpan old = before.remove(span.stored().key());
            if (old == null) {
                throw new IllegalStateException("a revision adds no spans");
            }
            if (!old.countedInProject().equals(span.countedInProject())) {
                minute.subtract(old.countedInProject().minus(span.countedInProject()));
            }
        }
        for (RevisedSpan span : before.values()) {
            minute(span)
                    .removeSpan(
                            span.endNs() - span.stored().startNs(),
                            span.ok(),
                            span.countedInProject());
        }
    }

    private void reviseTrace(RevisedTrace trace) {
        StoredTrace before = trace.before();
        boolean stays = before.startNs() == trace.startNs() && before.endNs() == trace.endNs();
        touch(before.projectKey(), before.startNs());
        if (trace.isGone() || !stays) {
            at(before.projectKey(), RollupWidth.MINUTE, before.startNs())
                    .removeTrace(before.endNs() - before.startNs());
        }
        if (!trace.isGone() && !stays) {
            at(before.projectKey(), RollupWidth.MINUTE, trace.startNs())
                    .addTrace(trace.endNs() - trace.startNs());
        }
    }

    private RollupChange minute(RevisedSpan span) {
        return at(span.projectKey(), RollupWidth.MINUTE, span.stored().startNs());
    }

    private void addSpans(TraceChange trace) {
        for (DecodedSpan span : trace.spans()) {
            minute(trace, span.startNs())
                    .addSpan(
                            span.endNs() - span.startNs(),
                            span.status().equals("OK"),
                            Sums.of(span));
        }
    }

    private void addTrace(TraceChange trace) {
        StoredTrace before = trace.before();
        if (before != null) {
            touch(before.projectKey(), before.startNs());
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

    /** Something of a trace that starts then changes that no bucket counts. */
    void touch(long projectKey, long timeNs) {
        minute(projectKey, timeNs);
    }

    private RollupChange at(long projectKey, RollupWidth width, long timeNs) {
        Bucket bucket = new Bucket(projectKey, width, width.startOf(timeNs));
        return changes.computeIfAbsent(bucket, any -> new RollupChange());
    }
}
