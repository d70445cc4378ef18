package dev.phoenix.server.session;

import static dev.phoenix.server.db.jooq.Tables.PROJECT_SESSIONS;

import dev.phoenix.server.trace.Annotatable;
import java.util.Collection;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/** Finds the sessions that annotations name. */
@Component
public final class AnnotatableSessions implements Annotatable {

    @Override
    public Map<String, Found> find(DSLContext database, Collection<String> ids) {
        return database.select(
                        PROJECT_SESSIONS.SESSION_ID,
                        PROJECT_SESSIONS.ID,
                        PROJECT_SESSIONS.PROJECT_ID)
                .from(PROJECT_SESSIONS)
                .where(PROJECT_SESSIONS.SESSION_ID.in(ids))
                .fetchMap(
                        PROJECT_SESSIONS.SESSION_ID,
                        row ->
                                new Found(
                                        row.get(PROJECT_SESSIONS.ID),
                                        row.get(PROJECT_SESSIONS.PROJECT_ID),
                                        0));
    }

    @Override
    public Condition inProject(Field<Long> key, long projectKey) {
        return DSL.exists(
                DSL.selectOne()
                        .from(PROJECT_SESSIONS)
                        .where(
                                PROJECT_SESSIONS.ID.eq(key),
                                PROJECT_SESSIONS.PROJECT_ID.eq(projectKey)));
    }

    @Override
    public Field<String> idOf(Field<Long> key) {
        return DSL.field(
                DSL.select(PROJECT_SESSIONS.SESSION_ID)
                        .from(PROJECT_SESSIONS)
                        .where(PROJECT_SESSIONS.ID.eq(key)));
    }

    @Override
    public Field<Long> projectOf(Field<Long> key) {
        return DSL.field(
                DSL.select(PROJECT_SESSIONS.PROJECT_ID)
                        .from(PROJECT_SESSIONS)
                        .where(PROJECT_SESSIONS.ID.eq(key)));
    }

    @Override
    public Rows rows() {
        return new Rows(
                PROJECT_SESSIONS,
                PROJECT_SESSIONS.ID,
                PROJECT_SESSIONS.PROJECT_ID,
                PROJECT_SESSIONS.START_NS,
                DSL.inline(0));
    }
}
