package dev.phoenix.server.ingest.log;

import dev.phoenix.server.db.Database;
import dev.phoenix.server.ingest.write.SqlFailure;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.springframework.stereotype.Component;

/** Transactions that are repeated where another server was in the way. */
@Component
class LogTransactions {

    private static final int MAX_REPLAYS = 5;

    private final Database database;

    LogTransactions(Database database) {
        this.database = database;
    }

    <T> T run(Function<DSLContext, T> work) {
        for (int attempt = 0; ; attempt++) {
            try {
                return database.transaction(work);
            } catch (DataAccessException e) {
                boolean conflict =
                        e.getCause() instanceof SQLException sql
                                && SqlFailure.of(sql) == SqlFailure.CONFLICT;
                if (attempt == MAX_REPLAYS || !conflict) {
                    throw e;
                }
            }
        }
    }
}
