package dev.phoenix.server.ingest.write;

import dev.phoenix.server.cost.CostSums;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What the calls of a trace cost, as they are stored. */
final class RevisedCosts {

    /** Of a trace without calls. */
    static final RevisedCosts NONE = new RevisedCosts();

    private final CostSums inTrace = new CostSums();
    private double inSession;

    /** A row of {@link RevisedRows#costs}. */
    void add(ResultSet row) throws SQLException {
        Double prompt = row.getObject(3) == null ? null : (Double) row.getDouble(3);
        Double completion = row.getObject(5) == null ? null : (Double) row.getDouble(5);
        inTrace.add(row.getLong(2), prompt, row.getLong(4), completion);
        if (row.getInt(6) < Repetition.IN_SESSION.stored()) {
            inSession += (prompt == null ? 0 : prompt) + (completion == null ? 0 : completion);
        }
    }

    CostSums inTrace() {
        return inTrace;
    }

    /** Without calls that another trace of the session counts. */
    double inSession() {
        return inSession;
    }
}
