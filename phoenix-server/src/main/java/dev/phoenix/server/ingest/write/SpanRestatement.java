package dev.phoenix.server.ingest.write;

import dev.phoenix.server.cost.Prices;
import dev.phoenix.server.cost.SpanCost;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.decode.Restatement;
import dev.phoenix.server.ingest.dialect.Dialects;
import dev.phoenix.server.settings.IngestSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Reads stored spans anew: by newer rules, or with events that came later. Whatever follows from
 * them is changed in the same transaction: columns, payload, cost, what counts, all sums.
 */
@Component
public class SpanRestatement {

    private final Revisions revisions;
    private final Prices prices;
    private final Dialects dialects;
    private final SqlText sql;
    private final Database database;
    private final boolean masksSecrets;

    SpanRestatement(
            Database database,
            Revisions revisions,
            Prices prices,
            Dialects dialects,
            IngestSettings settings) {
        this.database = database;
        this.masksSecrets = settings.maskLeakedSecrets();
        this.revisions = revisions;
        this.prices = prices;
        this.dialects = dialects;
        this.sql = SqlText.of(database.engine());
    }

    /** Hides secrets in stored resources and scopes; before the spans that say so are read anew. */
    public void maskOrigins() throws SQLException {
        if (masksSecrets) {
            new StoredOrigins(database).mask();
        }
    }

    /** What becomes of the stored events of a span. */
    @FunctionalInterface
    public interface EventsChange {

        /** Returns those to be stored, JSON text like what is stored. */
        String of(long spanKey, String events);
    }

    /**
     * Reads spans by the rules of today.
     *
     * @param spanKeys of a few hundred spans at most; those that are gone are left out
     * @return how many changed
     */
    public int restate(Collection<Long> spanKeys) throws SQLException {
        return restate(spanKeys, (key, events) -> events);
    }

    /** The same with other events, which are stored. May ask for them more than once. */
    public int restate(Collection<Long> spanKeys, EventsChange change) throws SQLException {
        Set<Long> keys = Set.copyOf(spanKeys);
        Set<Long> changing = changing(keys, change);
        if (changing.isEmpty()) {
            return 0;
        }
        return revisions.revise(
                tracesOf(changing), connection -> restate(connection, changing, change));
    }

    /** Found without holding the writer, because mostly nothing changes. */
    private Set<Long> changing(Set<Long> keys, EventsChange change) throws SQLException {
        Set<Long> changing = new HashSet<>();
        try (Connection connection = database.reader().getConnection()) {
            StoredText.read(
                    sql,
                    connection,
                    keys,
                    span -> {
                        Restatement restatement = span.restated(change, dialects, masksSecrets);
                        if (span.isChangedBy(restatement)
                                || span.isMarkedBy(restatement)
                                || span.leftOut()) {
                            changing.add(span.key());
                        }
                    });
        }
        return changing;
    }

    private Set<Long> tracesOf(Set<Long> keys) throws SQLException {
        Set<Long> traces = new HashSet<>();
        try (Connection connection = database.reader().getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT DISTINCT trace_key FROM spans WHERE id " + sql.in())) {
            sql.bindIn(select, 1, List.copyOf(keys));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    traces.add(rows.getLong(1));
                }
            }
        }
        return traces;
    }

    private int restate(Connection connection, Set<Long> keys, EventsChange change)
            throws SQLException {
        RestatedRows rows = new RestatedRows(sql, connection);
        int[] restated = new int[1];
        // Read again: something else may have changed them meanwhile.
        StoredText.read(
                sql,
                connection,
                keys,
                span -> {
                    Restatement restatement = span.restated(change, dialects, masksSecrets);
                    if (span.isChangedBy(restatement)) {
                        SpanCost cost = prices.cost(restatement.columns().usage(), span.startNs());
                        rows.update(span, restatement, cost);
                        restated[0]++;
                    } else {
                        rows.mark(span.key(), restatement.columns().llmMarker());
                    }
                });
        return restated[0];
    }
}
