package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPANS;

import java.util.Collection;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Finds the spans that annotations name. */
@Component
public final class AnnotatableSpans implements Annotatable {

    @Override
    public Map<String, Found> find(DSLContext database, Collection<String> ids) {
        return database.select(SPANS.SPAN_ID, SPANS.ID, SPANS.PROJECT_ID, SPANS.DOCUMENT_COUNT)
                .from(SPANS)
                .where(SPANS.SPAN_ID.in(ids))
                .fetchMap(
                        SPANS.SPAN_ID,
                        row ->
                                new Found(
                                        row.get(SPANS.ID),
                                        row.get(SPANS.PROJECT_ID),
                                        row.get(SPANS.DOCUMENT_COUNT)));
    }

    @Override
    public Condition inProject(Field<Long> key, long projectKey) {
        return DSL.exists(
                DSL.selectOne()
                        .from(SPANS)
                        .where(SPANS.ID.eq(key), SPANS.PROJECT_ID.eq(projectKey)));
    }

    @Override
    public Field<String> idOf(Field<Long> key) {
        return DSL.field(DSL.select(SPANS.SPAN_ID).from(SPANS).where(SPANS.ID.eq(key)));
    }

    @Override
    public Field<Long> projectOf(Field<Long> key) {
        return DSL.field(DSL.select(SPANS.PROJECT_ID).from(SPANS).where(SPANS.ID.eq(key)));
    }

    @Override
    public Rows rows() {
        return new Rows(SPANS, SPANS.ID, SPANS.PROJECT_ID, SPANS.START_NS, SPANS.DOCUMENT_COUNT);
    }
}
