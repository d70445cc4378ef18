package dev.phoenix.server.ingest.write;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A trace whose spans change, before and after. */
final class RevisedTrace {

    private final String traceId;
    private final StoredTrace before;
    private final List<RevisedSpan> spansBefore;
    private final double costInSessionBefore;

    /** Whether everything about it is decided anew, or only what others have to do with it. */
    private final boolean asked;

    private List<RevisedSpan> spans;
    private Set<Long> loopTools = Set.of();
    private boolean sharesCalls;
    private @Nullable Long sessionKey;
    private double costInSession;

    RevisedTrace(
            String traceId,
            StoredTrace before,
            List<RevisedSpan> spansBefore,
            double costInSessionBefore,
            boolean asked) {
        this.traceId = traceId;
        this.before = before;
        this.spansBefore = spansBefore;
        this.costInSessionBefore = costInSessionBefore;
        this.spans = spansBefore;
        this.asked = asked;
        this.sessionKey = before.sessionKey();
    }

    /** The spans as they are now, with the repetitions that were found before. */
    void becomes(List<RevisedSpan> now) {
        spans = now.stream().map(RevisedSpan::leftOutNoMore).toList();
        sharesCalls = !asked && before.sharesCalls();
    }

    /** Tells which of its spans are tools in loops that report running totals. */
    void hasLoopTools(Set<Long> keys) {
        loopTools = keys;
    }

    Set<Long> loopTools() {
        return loopTools;
    }

    /** Tells whether spans repeat others; those that are not told keep what was found before. */
    void repeats(Map<Long, SharedCalls.Role> roles) {
        spans = spans.stream().map(span -> repeating(span, roles)).toList();
    }

    private RevisedSpan repeating(RevisedSpan span, Map<Long, SharedCalls.Role> roles) {
        SharedCalls.Role role = roles.get(span.stored().key());
        RevisedSpan told = role == null ? span : span.repeating(role.repetition(), role.repeated());
        sharesCalls |= told.repetition() != Repetition.NONE || (role != null && role.shared());
        return told;
    }

    /** The session that its first span names that names one, unless it belongs to one already. */
    @Nullable String sessionToJoin() {
        return sessionKey != null
                ? null
                : spans.stream()
                        .filter(span -> span.sessionId() != null)
                        .min(
                                Comparator.comparingLong(
                                                (RevisedSpan span) -> span.stored().startNs())
                                        .thenComparing(span -> span.stored().spanId()))
                        .map(RevisedSpan::sessionId)
                        .orElse(null);
    }

    void joins(long sessionKey) {
        this.sessionKey = sessionKey;
    }

    @Nullable Long sessionKey() {
        return sessionKey;
    }

    boolean isAsked() {
        return asked;
    }

    boolean isGone() {
        return spans.isEmpty();
    }

    String traceId() {
        return traceId;
    }

    StoredTrace before() {
        return before;
    }

    List<RevisedSpan> spansBefore() {
        return spansBefore;
    }

    List<RevisedSpan> spans() {
        return spans;
    }

    Stream<RevisedSpan> allSpans() {
        return Stream.concat(spansBefore.stream(), spans.stream());
    }

    boolean sharesCalls() {
        return sharesCalls;
    }

    Sums total() {
        return spans.stream().map(RevisedSpan::countedInTrace).reduce(Sums.NONE, Sums::plus);
    }

    long startNs() {
        return spans.stream()
                .mapToLong(span -> span.stored().startNs())
                .min()
                .orElse(before.startNs());
    }

    long endNs() {
        return spans.stream().mapToLong(RevisedSpan::endNs).max().orElse(before.endNs());
    }

    double costInSessionBefore() {
        return costInSessionBefore;
    }

    /** Known once it is stored. */
    double costInSession() {
        return costInSession;
    }

    void costsInSession(double cost) {
        costInSession = cost;
    }

    boolean shrinks() {
        return isGone() || startNs() > before.startNs() || endNs() < before.endNs();
    }
}
