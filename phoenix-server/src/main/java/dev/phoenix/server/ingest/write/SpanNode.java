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
    private final Sums own;

    /** Null for a span whose sums are yet unknown. */
    private final @Nullable StoredSpan stored;

    /** What comes to the stored sums. */
    private Sums added;

    @Nullable SpanNode parent;
    int childrenToVisit;

    private SpanNode(
            String spanId, @Nullable String parentSpanId, Sums own, @Nullable StoredSpan stored) {
        this.spanId = spanId;
        this.parentSpanId = parentSpanId;
        this.own = own;
        this.stored = stored;
        this.added = stored == null ? own : Sums.NONE;
    }

    static SpanNode created(DecodedSpan span) {
        return new SpanNode(span.spanId(), span.parentSpanId(), Sums.of(span), null);
    }

    /** A stored span whose sums are trusted. */
    static SpanNode growing(StoredSpan span) {
        return new SpanNode(span.spanId(), span.parentSpanId(), span.own(), span);
    }

    /** A stored span whose sums are not. */
    static SpanNode anew(StoredSpan span) {
        return new SpanNode(span.spanId(), span.parentSpanId(), span.own(), null);
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
}
