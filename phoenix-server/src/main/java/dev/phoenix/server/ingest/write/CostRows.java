package dev.phoenix.server.ingest.write;

import dev.phoenix.server.cost.CostSums;
import dev.phoenix.server.cost.Prices;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.ingest.decode.DecodedSpan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The rows of table {@code span_costs} that a batch adds. */
final class CostRows {

    private static final List<String> COLUMNS =
            List.of(
                    "span_key",
                    "project_id",
                    "model_id",
                    "start_ns",
                    "prompt_tokens",
                    "prompt_cost",
                    "completion_tokens",
                    "completion_cost",
                    "details");

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

    void insert(Connection connection, List<NewSpan> spans, Map<DecodedSpan, SpanCost> costs)
            throws SQLException {
        if (costs.isEmpty()) {
            return;
        }
        try (BulkInsert insert = sql.insert(connection, "span_costs", COLUMNS)) {
            for (NewSpan added : spans) {
                SpanCost cost = costs.get(added.span());
                if (cost != null) {
                    insert.bigint(added.key())
                            .bigint(added.trace().projectKey())
                            .bigint(cost.modelKey())
                            .bigint(added.span().startNs())
                            .bigint(cost.tokens(true))
                            .real(cost.cost(true))
                            .bigint(cost.tokens(false))
                            .real(cost.cost(false))
                            .text(cost.detailsJson())
                            .endRow();
                }
            }
            insert.execute();
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
