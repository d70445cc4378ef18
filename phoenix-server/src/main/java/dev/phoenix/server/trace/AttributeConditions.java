package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import dev.phoenix.server.db.Documents;
import dev.phoenix.server.db.Engine;
import dev.phoenix.server.filter.JsonSql;
import dev.phoenix.server.trace.AttributeFilter.Value;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * Conditions on stored attributes. Paths lead through objects only: a number in a path names a
 * member, never the place in a list.
 */
final class AttributeConditions {

    /** A double is asked for only where there is one: senders' JSON may hold any number. */
    private static final String SAME_DOUBLE =
            """
            CASE WHEN jsonb_typeof({0}) = 'number' AND abs(({0})::numeric) <= {1}::numeric
            THEN ({0})::numeric::float8 = {2}::float8 ELSE FALSE END\
            """;

    private static final BigDecimal LARGEST = new BigDecimal(Double.MAX_VALUE);

    static final Field<String> ATTRIBUTES = Documents.text(SPAN_PAYLOADS.ATTRIBUTES);

    private final Engine engine;
    private final AttributeMentions mentions;

    AttributeConditions(Engine engine) {
        this.engine = engine;
        this.mentions = new AttributeMentions(engine);
    }

    Condition of(AttributeFilter filter) {
        Condition exact =
                switch (engine) {
                    case POSTGRESQL -> postgresql(filter);
                    case SQLITE -> sqlite(filter);
                };
        return mentions.of(filter).and(exact);
    }

    private static Condition postgresql(AttributeFilter filter) {
        Field<?> found = field("{0}::jsonb", Object.class, ATTRIBUTES);
        for (String name : filter.path()) {
            found = field("{0} -> {1}::text", Object.class, found, val(name));
        }
        Field<?> node = found;
        return switch (filter.value()) {
            case Value.Bool(boolean value) ->
                    condition("{0} = {1}::jsonb", node, val(Boolean.toString(value)));
            case Value.Text(String text) -> condition("{0} = to_jsonb({1}::text)", node, val(text));
            case Value.Whole(long value) ->
                    // Equal values are equal JSON here, whether it says 1 or 1.0.
                    condition("{0} = to_jsonb({1}::bigint)", node, val(value));
            case Value.Real(double value) -> condition(SAME_DOUBLE, node, val(LARGEST), val(value));
        };
    }

    private static Condition sqlite(AttributeFilter filter) {
        Field<String> json = ATTRIBUTES;
        Field<String> path = val(JsonSql.sqlitePath(filter.path()));
        Field<String> type = field("json_type({0}, {1})", String.class, json, path);
        return switch (filter.value()) {
            case Value.Bool(boolean value) -> type.eq(Boolean.toString(value));
            case Value.Text(String text) ->
                    type.eq("text").and(field("{0} ->> {1}", String.class, json, path).eq(text));
            case Value.Whole(long value) -> sqliteNumber(type, json, path, val(value));
            case Value.Real(double value) -> sqliteNumber(type, json, path, val(value));
        };
    }

    private static Condition sqliteNumber(
            Field<String> type, Field<String> json, Field<String> path, Field<?> value) {
        return type.in("integer", "real").and(condition("{0} ->> {1} = {2}", json, path, value));
    }
}
