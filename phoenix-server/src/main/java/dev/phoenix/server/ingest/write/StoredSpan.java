package dev.phoenix.server.ingest.write;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a row of table {@code spans} counts.
 *
 * @param cumulative with its descendants, as stored
 * @param wrapsLlm whether it is an LLM span with an LLM child
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
        boolean wrapsLlm) {

    /** Of spans {@code s}, for {@link #from}. */
    static final String COLUMNS =
            """
            s.trace_key, s.id, s.span_id, s.parent_span_id, s.span_kind, s.start_ns, s.status_code,
                s.prompt_tokens, s.completion_tokens, s.cumulative_error_count,
                s.cumulative_prompt_tokens, s.cumulative_completion_tokens, s.wraps_llm""";

    static StoredSpan from(ResultSet row) throws SQLException {
        return new StoredSpan(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5).equals("LLM"),
                row.getLong(6),
                new Sums(row.getString(7).equals("ERROR") ? 1 : 0, row.getLong(8), row.getLong(9)),
                new Sums(row.getLong(10), row.getLong(11), row.getLong(12)),
                row.getInt(13) == 1);
    }
}
