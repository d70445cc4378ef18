package dev.phoenix.server.annotation;

import dev.phoenix.server.db.Database;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Transactions that are repeated where another server was in the way. */
@Component
class AnnotationTransactions {

    private final Database database;

    AnnotationTransactions(Database database) {
        this.database = database;
    }

    <T> T run(Function<DSLContext, T> work) {
        return database.replaying(work);
    }
}
