package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.TRACES;

import java.util.Collection;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Finds the traces that annotations name. */
@Component
public final class AnnotatableTraces implements Annotatable {

    @Override
    public Map<String, Found> find(DSLContext database, Collection<String> ids) {
        return database.select(TRACES.TRACE_ID, TRACES.ID, TRACES.PROJECT_ID)
                .from(TRACES)
                .where(TRACES.TRACE_ID.in(ids))
                .fetchMap(
                        TRACES.TRACE_ID,
                        row -> new Found(row.get(TRACES.ID), row.get(TRACES.PROJECT_ID), 0));
    }

    @Override
    public Condition inProject(Field<Long> key, long projectKey) {
        return DSL.exists(
                DSL.selectOne()
                        .from(TRACES)
                        .where(TRACES.ID.eq(key), TRACES.PROJECT_ID.eq(projectKey)));
    }

    @Override
    public Field<String> idOf(Field<Long> key) {
        return DSL.field(DSL.select(TRACES.TRACE_ID).from(TRACES).where(TRACES.ID.eq(key)));
    }

    @Override
    public Field<Long> projectOf(Field<Long> key) {
        return DSL.field(DSL.select(TRACES.PROJECT_ID).from(TRACES).where(TRACES.ID.eq(key)));
    }

    @Override
    public Rows rows() {
        return new Rows(TRACES, TRACES.ID, TRACES.PROJECT_ID, TRACES.START_NS, DSL.inline(0));
    }
}
