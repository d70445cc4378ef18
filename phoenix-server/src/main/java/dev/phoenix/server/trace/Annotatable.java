package dev.phoenix.server.trace;

import java.util.Collection;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;

/** What annotations refer to by the id their senders know: spans, traces or sessions. */
public interface Annotatable {

    /** Those that are stored, by their id. */
    Map<String, Found> find(DSLContext database, Collection<String> ids);

    /** Whether the row with this key belongs to the project. */
    Condition inProject(Field<Long> key, long projectKey);

    /** The id of the row with this key. */
    Field<String> idOf(Field<Long> key);

    /** The project of the row with this key. */
    Field<Long> projectOf(Field<Long> key);

    /** The rows themselves, to be joined with their annotations. */
    Rows rows();

    /**
     * @param documents how many documents it retrieved or ranked
     * @param start by which time ranges and charts take them
     */
    record Rows(
            Table<?> table,
            Field<Long> key,
            Field<Long> project,
            Field<Long> start,
            Field<Integer> documents) {}

    /**
     * @param documentCount how many documents a span retrieved or ranked; 0 for everything else
     */
    record Found(long key, long projectKey, int documentCount) {}
}
