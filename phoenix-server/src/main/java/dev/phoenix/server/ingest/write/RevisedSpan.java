package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.ModelNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code spans} as far as it decides what counts where.
 *
 * @param callHash of the id that the provider gave the response
 * @param sessionKey of its trace
 * @param detail how much it says about its call, for comparison only
 * @param sessionId as the span names it
 * @param loopTool whether it may be a tool of Spring AI 1, by its name
 */
record RevisedSpan(
        StoredSpan stored,
        long projectKey,
        long endNs,
        @Nullable String modelName,
        @Nullable Long callHash,
        @Nullable String repeatedSpanId,
        @Nullable Long sessionKey,
        int detail,
        @Nullable String sessionId,
        boolean ok,
        boolean loopTool) {

    /** What two reports of one call may be apart in time. */
    private static final long TOLERANCE_NS = 1_000_000_000L;

    /** From here on {@link #detail} says that a call has a cost, which goes with its tokens. */
    private static final int COSTS = 8;

    /** Of two reports of a call the one that loses nothing: prompt and completion, cost, tokens. */
    private static final Comparator<RevisedSpan> FULLEST_FIRST =
            Comparator.comparingInt((RevisedSpan span) -> span.stored.own().reportedSides())
                    .thenComparing(span -> span.detail >= COSTS)
                    .thenComparingLong(span -> span.stored.own().allTokens())
                    .reversed();

    /** The one that counts: the fuller one, then the one that says more, then began first. */
    static final Comparator<RevisedSpan> BEST_FIRST =
            FULLEST_FIRST
                    .thenComparing(Comparator.comparingInt(RevisedSpan::detail).reversed())
                    .thenComparingLong(span -> span.stored.startNs())
                    .thenComparing(span -> span.stored.spanId());

    /** Of spans {@code s}, their traces {@code t} and costs {@code c}, for {@link #from}. */
    static final String COLUMNS =
            StoredSpan.COLUMNS
                    + """
                    , s.project_id, s.end_ns, s.model_name, s.call_hash, s.repeated_span_id,
                    t.session_key,
                    CASE WHEN c.span_key IS NULL THEN 0 ELSE 8 END
                        + CASE WHEN c.details IS NULL THEN 0 ELSE 4 END
                        + CASE WHEN s.output_preview IS NULL THEN 0 ELSE 2 END
                        + CASE WHEN s.input_preview IS NULL THEN 0 ELSE 1 END,
                    s.session_id, CASE s.status_code WHEN 'OK' THEN 1 ELSE 0 END,
                    CASE WHEN s.span_kind = 'TOOL' AND substr(s.name, 1, 10) = 'tool_call '
                        THEN 1 ELSE 0 END\
                    """;

    static final String TABLES =
            """
            spans s JOIN traces t ON t.id = s.trace_key LEFT JOIN span_costs c ON c.span_key = s.id\
            """;

    static RevisedSpan from(ResultSet row) throws SQLException {
        int column = StoredSpan.COLUMN_COUNT;
        return new RevisedSpan(
                StoredSpan.from(row),
                row.getLong(column + 1),
                row.getLong(column + 2),
                row.getString(column + 3),
                SqlText.nullableLong(row, column + 4),
                row.getString(column + 5),
                SqlText.nullableLong(row, column + 6),
                row.getInt(column + 7),
                row.getString(column + 8),
                row.getInt(column + 9) == 1,
                row.getInt(column + 10) == 1);
    }

    boolean isCall() {
        return !stored.own().tokens().isNone();
    }

    boolean isFullerThan(RevisedSpan other) {
        return FULLEST_FIRST.compare(this, other) < 0;
    }

    /** Ids of some providers are short and come again, so the id alone proves nothing. */
    boolean mayReportTheCallOf(RevisedSpan other) {
        return stored.own().tokens().equals(other.stored.own().tokens())
                || (stored.startNs() - TOLERANCE_NS <= other.endNs
                        && other.stored.startNs() - TOLERANCE_NS <= endNs);
    }

    boolean mayUseTheModelOf(RevisedSpan other) {
        return ModelNames.mayBeOne(modelName, other.modelName);
    }

    Repetition repetition() {
        return stored.repetition();
    }

    RevisedSpan leftOutNoMore() {
        return stored.leftOut() ? with(stored.leftOutNoMore(), repeatedSpanId) : this;
    }

    RevisedSpan repeating(Repetition repetition, @Nullable String repeatedSpanId) {
        return with(stored.with(stored.own(), repetition), repeatedSpanId);
    }

    private RevisedSpan with(StoredSpan stored, @Nullable String repeatedSpanId) {
        return new RevisedSpan(
                stored,
                projectKey,
                endNs,
                modelName,
                callHash,
                repeatedSpanId,
                sessionKey,
                detail,
                sessionId,
                ok,
                loopTool);
    }

    /** What counts in the trace. */
    Sums countedInTrace() {
        return counted(repetition().countsInTrace());
    }

    Sums countedInSession() {
        return counted(repetition().countsInSession());
    }

    /** What counts in the project. */
    Sums countedInProject() {
        return stored.countedInProject();
    }

    private Sums counted(boolean tokens) {
        return tokens ? stored.own() : stored.own().minus(stored.own().tokens());
    }
}
