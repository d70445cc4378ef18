package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A span of a trace that is added up: one whose sums are yet unknown, or a stored one whose sums
 * grow by those of new descendants.
 */
final class SpanNode {

    private final String spanId;
    private final @Nullable String parentSpanId;
    private final boolean llm;
    private final Sums own;

    /** Null for a span whose sums are yet unknown. */
    private final @Nullable StoredSpan stored;

    private boolean wrapsLlm;

    /** What comes to the stored sums. */
    private Sums added;

    @Nullable SpanNode parent;
    int childrenToVisit;

    private SpanNode(
            String spanId,
            @Nullable String parentSpanId,
            boolean llm,
            Sums own,
            @Nullable StoredSpan stored) {
        this.spanId = spanId;
        this.parentSpanId = parentSpanId;
        this.llm = llm;
        this.own = own;
        this.stored = stored;
        this.wrapsLlm = stored != null && stored.wrapsLlm();
        this.added = stored == null ? own : Sums.NONE;
    }

    static SpanNode created(DecodedSpan span) {
        Sums own = Sums.of(span);
        return new SpanNode(
                span.spanId(),
                span.parentSpanId(),
                span.kind().equals("LLM") && own.hasTokens(),
                own,
                null);
    }

    /** A stored span whose sums are trusted. */
    static SpanNode growing(StoredSpan span) {
        return new SpanNode(span.spanId(), span.parentSpanId(), span.llm(), span.own(), span);
    }

    /** A stored span whose sums are not. */
    static SpanNode anew(StoredSpan span) {
        return new SpanNode(span.spanId(), span.parentSpanId(), span.llm(), span.own(), null);
    }

    void add(Sums more) {
        added = added.plus(more);
    }

    void grows(Sums more) {
        added = more;
    }

    void becomes(Sums total) {
        added = stored == null ? total : total.minus(stored.cumulative());
    }

    void getsChild(boolean llmChild) {
        wrapsLlm |= llm && llmChild;
    }

    boolean isStored() {
        return stored != null;
    }

    StoredSpan stored() {
        return Objects.requireNonNull(stored);
    }

    /** Whether tokens come together here that may be those of one call. */
    boolean hasCallsBelowACall() {
        return own.hasTokens() && (stored == null ? added.minus(own) : added).hasTokens();
    }

    /** Was stored as a span whose tokens count; now it is known to repeat those of a child. */
    boolean startsToWrap() {
        return stored != null && wrapsLlm && !stored.wrapsLlm();
    }

    Sums cumulative() {
        return stored == null ? added : stored.cumulative().plus(added);
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
}
