package dev.phoenix.server.ingest.write;

import dev.phoenix.server.cost.CostSums;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one batch adds to one trace. */
final class TraceChange {

    private final String traceId;
    private final String projectName;
    private final List<DecodedSpan> spans = new ArrayList<>();
    private final CostSums costs = new CostSums();
    private long startNs = Long.MAX_VALUE;
    private long endNs = Long.MIN_VALUE;
    private Sums added = Sums.NONE;
    private @Nullable String sessionId;

    /** The trace's row as the batch found it. */
    private @Nullable StoredTrace before;

    /** Set once it is known whether the trace has a row. */
    private long key;

    private long projectKey;
    private @Nullable Long sessionKey;
    private @Nullable SpanTree tree;
    private boolean sumsDeferred;

    TraceChange(DecodedSpan first) {
        this.traceId = first.traceId();
        this.projectName = first.projectName();
    }

    void add(DecodedSpan span, @Nullable SpanCost cost) {
        spans.add(span);
        costs.add(cost);
        startNs = Math.min(startNs, span.startNs());
        endNs = Math.max(endNs, span.endNs());
        added = added.plus(Sums.of(span));
        if (sessionId == null) {
            sessionId = span.columns().sessionId();
        }
    }

    /** The trace has a row already, which decides project and session. */
    void existsAs(StoredTrace stored) {
        this.before = stored;
        this.key = stored.key();
        this.projectKey = stored.projectKey();
        this.sessionKey = stored.sessionKey();
        this.sumsDeferred = stored.sumsDeferred();
        this.startNs = Math.min(startNs, stored.startNs());
        this.endNs = Math.max(endNs, stored.endNs());
    }

    void createAs(long key, long projectKey) {
        this.key = key;
        this.projectKey = projectKey;
    }

    void joins(long sessionKey) {
        this.sessionKey = sessionKey;
    }

    /** The session that the batch names first, unless the trace belongs to one already. */
    @Nullable String sessionToJoin() {
        return sessionKey == null ? sessionId : null;
    }

    /** Whether the trace had no session before the batch. */
    boolean isNewInSession() {
        return before == null || before.sessionKey() == null;
    }

    /** The new spans as a tree, once all are known. */
    SpanTree tree() {
        if (tree == null) {
            tree = SpanTree.of(spans);
        }
        return tree;
    }

    /** Whether several spans are known to report one of its calls. */
    boolean sharesCalls() {
        return before != null && before.sharesCalls();
    }

    /** Whether calls beside a new tool may report what they used so far. */
    boolean mayReportRunningTotals() {
        return spans.stream()
                .anyMatch(
                        span -> span.kind().equals("TOOL") && span.name().startsWith("tool_call "));
    }

    /** How many spans the trace has, with the new ones. */
    long spanCount() {
        return spans.size() + (before == null ? 0 : before.spanCount());
    }

    /** Leaves the sums above the new spans to a {@link TraceRevision}. */
    void deferSums() {
        sumsDeferred = true;
    }

    boolean sumsDeferred() {
        return sumsDeferred;
    }

    String traceId() {
        return traceId;
    }

    String projectName() {
        return projectName;
    }

    List<DecodedSpan> spans() {
        return spans;
    }

    long startNs() {
        return startNs;
    }

    long endNs() {
        return endNs;
    }

    /** Of the new spans. */
    Sums added() {
        return added;
    }

    /** Of the whole trace, with the new spans. */
    Sums total() {
        return before == null ? added : added.plus(before.sums());
    }

    CostSums costs() {
        return costs;
    }

    /** Of the whole trace, with the new spans. */
    double totalCost() {
        return before == null ? costs.cost() : before.cost() + costs.cost();
    }

    long key() {
        return key;
    }

    long projectKey() {
        return projectKey;
    }

    @Nullable Long sessionKey() {
        return sessionKey;
    }

    @Nullable StoredTrace before() {
        return before;
    }

    boolean isStored() {
        return before != null;
    }
}
