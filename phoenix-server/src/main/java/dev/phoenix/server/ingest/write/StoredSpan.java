package dev.phoenix.server.ingest.write;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a row of table {@code spans} counts.
 *
 * @param cumulative with its descendants, as stored
 * @param llm whether it is an LLM span with tokens
 * @param leftOut whether an earlier version left its tokens out of the sums of its project, as it
 *     is above another LLM span
 */
record StoredSpan(
        long traceKey,
        long key,
        String spanId,
        @Nullable String parentSpanId,
        boolean llm,
        long startNs,
        Sums own,
        Sums cumulative,
        boolean leftOut,
        Repetition repetition) {

    /** Of spans {@code s}, for {@link #from}. */
    static final String COLUMNS =
            """
            s.trace_key, s.id, s.span_id, s.parent_span_id, s.span_kind, s.start_ns, s.status_code,
                s.prompt_tokens, s.completion_tokens, s.cumulative_error_count,
                s.cumulative_prompt_tokens, s.cumulative_completion_tokens, s.wraps_llm,
                s.repeats\
            """;

    static final int COLUMN_COUNT = 14;

    static StoredSpan from(ResultSet row) throws SQLException {
        Sums own =
                new Sums(row.getString(7).equals("ERROR") ? 1 : 0, row.getLong(8), row.getLong(9));
        return new StoredSpan(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5).equals("LLM") && own.hasTokens(),
                row.getLong(6),
                own,
                new Sums(row.getLong(10), row.getLong(11), row.getLong(12)),
                row.getInt(13) == 1,
                Repetition.of(row.getInt(14)));
    }

    StoredSpan with(Sums own, Repetition repetition) {
        return with(own, leftOut, repetition);
    }

    /** As all count that are decided anew. */
    StoredSpan leftOutNoMore() {
        return with(own, false, repetition);
    }

    private StoredSpan with(Sums own, boolean leftOut, Repetition repetition) {
        return new StoredSpan(
                traceKey,
                key,
                spanId,
                parentSpanId,
                llm,
                startNs,
                own,
                cumulative,
                leftOut,
                repetition);
    }

    /** Errors, and the tokens unless another span counts them. */
    Sums countedInProject() {
        return leftOut || !repetition.countsInProject() ? own.minus(own.tokens()) : own;
    }
}
