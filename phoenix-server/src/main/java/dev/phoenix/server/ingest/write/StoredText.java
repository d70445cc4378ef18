package dev.phoenix.server.ingest.write;

import dev.phoenix.server.ingest.decode.Restatement;
import dev.phoenix.server.ingest.dialect.Dialects;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is stored of a span, as far as it is read anew. */
record StoredText(
        long key,
        long projectKey,
        long startNs,
        String kind,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens,
        @Nullable Long callHash,
        String name,
        String statusCode,
        String scope,
        String attributes,
        @Nullable String derivation,
        String events) {

    private static final int READ_AT_ONCE = 10;

    /** A few at a time, because payloads may be large. */
    static void read(SqlText sql, Connection connection, Set<Long> keys, Reader reader)
            throws SQLException {
        List<Long> all = keys.stream().sorted().toList();
        for (int from = 0; from < all.size(); from += READ_AT_ONCE) {
            for (StoredText span :
                    read(
                            sql,
                            connection,
                            all.subList(from, Math.min(from + READ_AT_ONCE, all.size())))) {
                reader.read(span);
            }
        }
    }

    private static List<StoredText> read(SqlText sql, Connection connection, List<Long> keys)
            throws SQLException {
        String query =
                """
                SELECT s.id, s.project_id, s.start_ns, s.span_kind, s.prompt_tokens,
                    s.completion_tokens, s.call_hash, s.name, s.status_code,
                    coalesce(o.name, ''), p.attributes, p.derivation, p.events
                FROM spans s JOIN span_payloads p ON p.span_key = s.id
                LEFT JOIN scopes o ON o.id = p.scope_key
                WHERE s.id %s ORDER BY s.id\
                """
                        .formatted(sql.in());
        List<StoredText> spans = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            sql.bindIn(select, 1, keys);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    spans.add(
                            new StoredText(
                                    row.getLong(1),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getString(4),
                                    SqlText.nullableLong(row, 5),
                                    SqlText.nullableLong(row, 6),
                                    SqlText.nullableLong(row, 7),
                                    row.getString(8),
                                    row.getString(9),
                                    row.getString(10),
                                    row.getString(11),
                                    row.getString(12),
                                    row.getString(13)));
                }
            }
        }
        return spans;
    }

    /** Null if everything stays as it is. */
    @Nullable Restatement restated(SpanRestatement.EventsChange change, Dialects dialects) {
        String eventsNow = change.of(key, events);
        Restatement restatement =
                Restatement.of(
                        new Restatement.Stored(
                                name, statusCode, scope, attributes, derivation, eventsNow),
                        List.of(),
                        dialects);
        boolean same =
                restatement.kind().equals(kind)
                        && Objects.equals(restatement.columns().promptTokens(), promptTokens)
                        && Objects.equals(
                                restatement.columns().completionTokens(), completionTokens)
                        && Objects.equals(restatement.columns().callHash(), callHash)
                        && eventsNow.equals(events)
                        && Objects.equals(restatement.derivation(), derivation)
                        && (derivation == null || restatement.attributes().equals(attributes));
        return same ? null : restatement;
    }

    @FunctionalInterface
    interface Reader {

        void read(StoredText span) throws SQLException;
    }
}
