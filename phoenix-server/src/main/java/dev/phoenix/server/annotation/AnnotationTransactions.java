package dev.phoenix.server.annotation;

import dev.phoenix.server.db.Database;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.springframework.stereotype.Component;

/** Transactions that are repeated where another server was in the way. */
@Component
class AnnotationTransactions {

    private static final int MAX_REPLAYS = 5;

    /** Serialization failure, deadlock, and the target deleted while it was annotated. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "23503");

    private final Database database;

    AnnotationTransactions(Database database) {
        this.database = database;
    }

    <T> T run(Function<DSLContext, T> work) {
        for (int attempt = 0; ; attempt++) {
            try {
                return database.transaction(work);
            } catch (DataAccessException e) {
                if (attempt == MAX_REPLAYS || !CONFLICTS.contains(e.sqlState())) {
                    throw e;
                }
            }
        }
    }
}
