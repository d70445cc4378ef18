package dev.phoenix.server.db;

import org.jooq.SQLDialect;

/** The databases telemetry can be stored in. */
public enum Engine {
    SQLITE(SQLDialect.SQLITE),
    POSTGRESQL(SQLDialect.POSTGRES);

    private final SQLDialect dialect;

    Engine(SQLDialect dialect) {
        this.dialect = dialect;
    }

    SQLDialect dialect() {
        return dialect;
    }
}
