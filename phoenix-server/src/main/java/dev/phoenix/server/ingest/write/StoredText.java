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

/**
 * What is stored of a span, as far as it is read anew.
 *
 * @param leftOut whether an earlier version left its tokens out of the sums of its project
 * @param priced whether it has a cost, be it unknown
 */
record StoredText(
        long key,
        long projectKey,
        long startNs,
        String kind,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens,
        @Nullable Long callHash,
        int llmMarker,
        boolean leftOut,
        boolean priced,
        String name,
        String statusCode,
        String scope,
        String attributes,
        @Nullable String derivation,
        String events,
        @Nullable String links,
        Restatement.Origins origin) {

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
                    s.completion_tokens, s.call_hash, s.llm_marker, s.name, s.status_code,
                    coalesce(o.name, ''), %s, p.derivation, p.events, p.links,
                    r.attributes, o.attributes, s.wraps_llm, c.span_key
                FROM spans s JOIN span_payloads p ON p.span_key = s.id
                LEFT JOIN span_costs c ON c.span_key = s.id
                LEFT JOIN scopes o ON o.id = p.scope_key
                LEFT JOIN resources r ON r.id = p.resource_key
                WHERE s.id %s ORDER BY s.id\
                """
                        .formatted(sql.document("p.attributes"), sql.in());
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
                                    row.getInt(8),
                                    row.getInt(18) == 1,
                                    SqlText.nullableLong(row, 19) != null,
                                    row.getString(9),
                                    row.getString(10),
                                    row.getString(11),
                                    row.getString(12).stripTrailing(),
                                    row.getString(13),
                                    row.getString(14),
                                    row.getString(15),
                                    new Restatement.Origins(row.getString(16), row.getString(17))));
                }
            }
        }
        return spans;
    }

    Restatement restated(
            SpanRestatement.EventsChange change, Dialects dialects, boolean masksSecrets) {
        return Restatement.of(
                new Restatement.Stored(
                        name,
                        statusCode,
                        scope,
                        attributes,
                        derivation,
                        change.of(key, events),
                        links,
                        origin),
                List.of(),
                dialects,
                masksSecrets);
    }

    /** Whether anything but the marker changes. */
    boolean isChangedBy(Restatement restatement) {
        boolean same =
                restatement.kind().equals(kind)
                        && Objects.equals(restatement.columns().promptTokens(), promptTokens)
                        && Objects.equals(
                                restatement.columns().completionTokens(), completionTokens)
                        && Objects.equals(restatement.columns().callHash(), callHash)
                        && (restatement.columns().usage() != null) == priced
                        && restatement.events().equals(events)
                        && !restatement.masks()
                        && Objects.equals(restatement.derivation(), derivation)
                        && (derivation == null || restatement.attributes().equals(attributes));
        return !same;
    }

    boolean isMarkedBy(Restatement restatement) {
        return restatement.columns().llmMarker() != llmMarker;
    }

    @FunctionalInterface
    interface Reader {

        void read(StoredText span) throws SQLException;
    }
}
