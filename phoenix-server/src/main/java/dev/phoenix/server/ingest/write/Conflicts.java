package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.RejectionReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the spans of a batch that repeat what is stored from those that say something else under a
 * known id. The first span stays either way.
 */
final class Conflicts {

    private static final String MESSAGE =
            "the first span with this id stays; send a changed span under an id of its own";

    private final SqlText sql;

    Conflicts(SqlText sql) {
        this.sql = sql;
    }

    /**
     * @param stored ids of the batch that the database knows
     */
    List<Refusal> find(Connection connection, List<DecodedSpan> spans, Collection<String> stored)
            throws SQLException {
        Map<String, Long> hashes =
                stored.isEmpty() ? new HashMap<>() : contentHashes(connection, stored);
        List<Refusal> conflicts = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            DecodedSpan span = spans.get(i);
            long hash = span.payload().contentHash();
            if (!stored.contains(span.spanId()) || hashes.containsKey(span.spanId())) {
                Long first = hashes.putIfAbsent(span.spanId(), hash);
                if (first != null && first != hash) {
                    conflicts.add(new Refusal(i, RejectionReason.CONFLICTING_CONTENT, MESSAGE));
                }
            }
        }
        return conflicts;
    }

    /** Without the spans that were stored before hashes were. */
    private Map<String, Long> contentHashes(Connection connection, Collection<String> spanIds)
            throws SQLException {
        String query =
                """
                SELECT spans.span_id, span_payloads.content_hash
                FROM spans JOIN span_payloads ON span_payloads.span_key = spans.id
                WHERE span_payloads.content_hash IS NOT NULL AND spans.span_id %s"""
                        .formatted(sql.in());
        Map<String, Long> hashes = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, spanIds);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    hashes.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return hashes;
    }
}
