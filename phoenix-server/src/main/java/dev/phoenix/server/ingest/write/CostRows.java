package dev.phoenix.server.ingest.write;

import dev.phoenix.server.cost.CostSums;
import dev.phoenix.server.cost.Prices;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of table {@code span_costs} that a batch adds. */
final class CostRows {

    private final SqlText sql;
    private final Prices prices;

    CostRows(SqlText sql, Prices prices) {
        this.sql = sql;
        this.prices = prices;
    }

    /** What the spans cost by the prices of now; those that cost nothing are left out. */
    Map<DecodedSpan, SpanCost> price(List<DecodedSpan> spans) {
        Map<DecodedSpan, SpanCost> costs = new IdentityHashMap<>();
        for (DecodedSpan span : spans) {
            SpanCost cost = prices.cost(span.columns().usage(), span.startNs());
            if (cost != null) {
                costs.put(span, cost);
            }
        }
        return costs;
    }

    void insert(
            Connection connection,
            Collection<TraceChange> changes,
            Map<DecodedSpan, SpanCost> costs,
            long firstKey)
            throws SQLException {
        if (costs.isEmpty()) {
            return;
        }
        String statement =
                """
                INSERT INTO span_costs (span_key, project_id, model_id, start_ns, prompt_tokens,
                    prompt_cost, completion_tokens, completion_cost, details)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            long key = firstKey;
            for (TraceChange trace : changes) {
                for (DecodedSpan span : trace.spans()) {
                    SpanCost cost = costs.get(span);
                    if (cost != null) {
                        bind(insert, key, trace.projectKey(), span.startNs(), cost);
                        insert.addBatch();
                    }
                    key++;
                }
            }
            insert.executeBatch();
        }
    }

    private void bind(
            PreparedStatement insert, long key, long projectKey, long startNs, SpanCost cost)
            throws SQLException {
        insert.setLong(1, key);
        insert.setLong(2, projectKey);
        SqlText.bindLong(insert, 3, cost.modelKey());
        insert.setLong(4, startNs);
        SqlText.bindLong(insert, 5, cost.tokens(true));
        bindDouble(insert, 6, cost.cost(true));
        SqlText.bindLong(insert, 7, cost.tokens(false));
        bindDouble(insert, 8, cost.cost(false));
        sql.bindJson(insert, 9, cost.detailsJson());
    }

    private static void bindDouble(PreparedStatement statement, int index, @Nullable Double value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.DOUBLE);
        } else {
            statement.setDouble(index, value);
        }
    }

    /** The six sums of a trace, from this parameter on. */
    static void bindSums(PreparedStatement statement, int index, CostSums sums)
            throws SQLException {
        statement.setLong(index, sums.promptTokens());
        statement.setLong(index + 1, sums.completionTokens());
        statement.setDouble(index + 2, sums.promptCost());
        statement.setDouble(index + 3, sums.completionCost());
        statement.setLong(index + 4, sums.pricedPrompts());
        statement.setLong(index + 5, sums.pricedCompletions());
    }
}
