package dev.phoenix.server.ingest.write;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.OverloadException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which span ids are stored, in any project. */
@Component
public class KnownSpans {

    private final Database database;
    private final SpanRows rows;

    KnownSpans(Database database) {
        this.database = database;
        this.rows = new SpanRows(SqlText.of(database.engine()));
    }

    /**
     * @throws OverloadException when the database does not answer
     */
    public Set<String> among(Collection<String> spanIds) throws OverloadException {
        if (spanIds.isEmpty()) {
            return Set.of();
        }
        try (Connection connection = database.reader().getConnection()) {
            return rows.known(connection, spanIds);
        } catch (SQLException e) {
            throw new OverloadException("the database is not available; retry", e);
        }
    }
}
