package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import org.jspecify.annotations.Nullable;

/** A span of a trace that a batch changes: a new one, or a stored one that gets new descendants. */
final class SpanNode {

    private final String spanId;
    private final @Nullable String parentSpanId;
    private final boolean llm;
    private final Sums own;
    private final long startNs;

    /** Zero for a new span. */
    private final long storedKey;

    /** What is stored as the sum of the span and its descendants. */
    private final Sums before;

    private final boolean wrappedLlmBefore;
    private boolean wrapsLlm;

    /** What the batch adds to {@link #before}. */
    private Sums added;

    @Nullable SpanNode parent;
    int childrenToVisit;

    private SpanNode(
            String spanId,
            @Nullable String parentSpanId,
            boolean llm,
            Sums own,
            long startNs,
            long storedKey,
            Sums before,
            boolean wrapsLlm) {
        this.spanId = spanId;
        this.parentSpanId = parentSpanId;
        this.llm = llm;
        this.own = own;
        this.startNs = startNs;
        this.storedKey = storedKey;
        this.before = before;
        this.wrappedLlmBefore = wrapsLlm;
        this.wrapsLlm = wrapsLlm;
        this.added = storedKey == 0 ? own : Sums.NONE;
    }

    static SpanNode created(DecodedSpan span) {
        return new SpanNode(
                span.spanId(),
                span.parentSpanId(),
                span.kind().equals("LLM"),
                Sums.of(span),
                span.startNs(),
                0,
                Sums.NONE,
                false);
    }

    static SpanNode stored(
            long key,
            String spanId,
            @Nullable String parentSpanId,
            boolean llm,
            Sums own,
            long startNs,
            Sums cumulative,
            boolean wrapsLlm) {
        return new SpanNode(spanId, parentSpanId, llm, own, startNs, key, cumulative, wrapsLlm);
    }

    void add(Sums more) {
        added = added.plus(more);
    }

    void grows(Sums more) {
        added = more;
    }

    void becomes(Sums total) {
        added = total.minus(before);
    }

    void getsChild(boolean llmChild) {
        wrapsLlm |= llm && llmChild;
    }

    boolean isStored() {
        return storedKey != 0;
    }

    /** Stored before as a span that reports tokens of its own, now known to repeat a child's. */
    boolean startsToWrap() {
        return isStored() && wrapsLlm && !wrappedLlmBefore;
    }

    Sums cumulative() {
        return before.plus(added);
    }

    Sums added() {
        return added;
    }

    String spanId() {
        return spanId;
    }

    @Nullable String parentSpanId() {
        return parentSpanId;
    }

    boolean isLlm() {
        return llm;
    }

    boolean wrapsLlm() {
        return wrapsLlm;
    }

    Sums own() {
        return own;
    }

    long startNs() {
        return startNs;
    }

    long storedKey() {
        return storedKey;
    }
}
