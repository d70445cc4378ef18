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
    private long errors;
    private long promptTokens;
    private long completionTokens;
    private @Nullable String sessionId;

    /** Set once the trace's row is known. */
    private long key;

    private long projectKey;
    private @Nullable Long sessionKey;
    private boolean stored;

    TraceChange(DecodedSpan first) {
        this.traceId = first.traceId();
        this.projectName = first.projectName();
    }

    void add(DecodedSpan span, @Nullable SpanCost cost) {
        spans.add(span);
        costs.add(cost);
        startNs = Math.min(startNs, span.startNs());
        endNs = Math.max(endNs, span.endNs());
        errors += span.status().equals("ERROR") ? 1 : 0;
        promptTokens += orZero(span.columns().promptTokens());
        completionTokens += orZero(span.columns().completionTokens());
        if (sessionId == null) {
            sessionId = span.columns().sessionId();
        }
    }

    private static long orZero(@Nullable Long tokens) {
        return tokens == null ? 0 : tokens;
    }

    /** The trace has a row already, which decides project and session. */
    void existsAs(long key, long projectKey, @Nullable Long sessionKey, long startNs, long endNs) {
        this.key = key;
        this.projectKey = projectKey;
        this.sessionKey = sessionKey;
        this.startNs = Math.min(this.startNs, startNs);
        this.endNs = Math.max(this.endNs, endNs);
        this.stored = true;
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

    long errors() {
        return errors;
    }

    long promptTokens() {
        return promptTokens;
    }

    long completionTokens() {
        return completionTokens;
    }

    CostSums costs() {
        return costs;
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

    boolean isStored() {
        return stored;
    }
}
