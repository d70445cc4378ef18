package dev.phoenix.server.ingest.write;

import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import dev.phoenix.server.ingest.decode.Restatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The rows of one span that are written when it is read anew. */
final class RestatedRows {

    private final SqlText sql;
    private final Connection connection;

    RestatedRows(SqlText sql, Connection connection) {
        this.sql = sql;
        this.connection = connection;
    }

    void update(StoredText span, Restatement restatement, @Nullable SpanCost cost)
            throws SQLException {
        updateSpan(span.key(), restatement);
        updatePayload(span.key(), restatement);
        if (restatement.masks()) {
            forgetContent(span.key());
        }
        deleteCost(span.key());
        if (cost != null) {
            insertCost(span, cost);
        }
    }

    /** Nothing follows from the marker. */
    void mark(long key, int llmMarker) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE spans SET llm_marker = ? WHERE id = ?")) {
            update.setInt(1, llmMarker);
            update.setLong(2, key);
            update.executeUpdate();
        }
    }

    private void updateSpan(long key, Restatement restatement) throws SQLException {
        String statement =
                """
                UPDATE spans SET span_kind = ?, model_name = ?, prompt_tokens = ?,
                    completion_tokens = ?, session_id = ?, user_id = ?, input_preview = ?,
                    input_mime_type = ?, output_preview = ?, output_mime_type = ?,
                    document_count = ?, call_hash = ?, llm_marker = ?
                WHERE id = ?\
                """;
        DecodedSpan.Columns columns = restatement.columns();
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.setString(1, restatement.kind());
            update.setString(2, columns.modelName());
            SqlText.bindLong(update, 3, columns.promptTokens());
            SqlText.bindLong(update, 4, columns.completionTokens());
            update.setString(5, columns.sessionId());
            update.setString(6, columns.userId());
            update.setString(7, columns.inputPreview());
            update.setString(8, columns.inputMimeType());
            update.setString(9, columns.outputPreview());
            update.setString(10, columns.outputMimeType());
            update.setInt(11, columns.documentCount());
            SqlText.bindLong(update, 12, columns.callHash());
            update.setInt(13, columns.llmMarker());
            update.setLong(14, key);
            update.executeUpdate();
        }
    }

    private void updatePayload(long key, Restatement restatement) throws SQLException {
        String statement =
                """
                UPDATE span_payloads SET attributes = ?, derivation = ?, events = ?, links = ?
                WHERE span_key = ?\
                """;
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            sql.bindDocument(update, 1, restatement.attributes());
            update.setString(2, restatement.derivation());
            update.setString(3, restatement.events());
            update.setString(4, restatement.links());
            update.setLong(5, key);
            update.executeUpdate();
        }
    }

    /** The hash is of what was sent; masked and sent again, it would be a conflict. */
    private void forgetContent(long key) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE span_payloads SET content_hash = NULL WHERE span_key = ?")) {
            update.setLong(1, key);
            update.executeUpdate();
        }
    }

    private void deleteCost(long key) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM span_costs WHERE span_key = ?")) {
            delete.setLong(1, key);
            delete.executeUpdate();
        }
    }

    /** As a repetition it is marked with the span, which is done after this. */
    private void insertCost(StoredText span, SpanCost cost) throws SQLException {
        String statement =
                """
                INSERT INTO span_costs (span_key, project_id, model_id, start_ns, prompt_tokens,
                    prompt_cost, completion_tokens, completion_cost, details, repeats)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT repeats FROM spans WHERE id = ?))\
                """;
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            insert.setLong(1, span.key());
            insert.setLong(2, span.projectKey());
            SqlText.bindLong(insert, 3, cost.modelKey());
            insert.setLong(4, span.startNs());
            SqlText.bindLong(insert, 5, cost.tokens(true));
            bindDouble(insert, 6, cost.cost(true));
            SqlText.bindLong(insert, 7, cost.tokens(false));
            bindDouble(insert, 8, cost.cost(false));
            insert.setString(9, cost.detailsJson());
            insert.setLong(10, span.key());
            insert.executeUpdate();
        }
    }

    private static void bindDouble(PreparedStatement statement, int index, @Nullable Double value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.DOUBLE);
        } else {
            statement.setDouble(index, value);
        }
    }
}
