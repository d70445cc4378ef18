package dev.phoenix.server.filter;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import dev.phoenix.server.db.Engine;
import java.util.List;
import org.jooq.Field;

/**
 * Reads values out of stored JSON in SQL, with one meaning on both engines. A name in a path leads
 * into objects only, a number into lists only.
 */
public final class JsonSql {

    /** What is a number when it is a text: a number of JSON, blanks around it allowed. */
    private static final String NUMERAL =
            "^[ \\t\\n\\r]*-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?[ \\t\\n\\r]*$";

    /** A number that is nearer to zero than a double can be: it is zero. */
    private static final String TINY = "^[ \\t\\n\\r]*-?[0-9]{1,255}([.][0-9]+)?[eE]-";

    /** Null instead of an error for what no double can hold. */
    private static final String DOUBLE = "strict $.double()";

    private final Engine engine;

    public JsonSql(Engine engine) {
        this.engine = engine;
    }

    /** Strings as they are, everything else as JSON; null for JSON's null. */
    Field<String> text(Field<String> json, List<Object> path) {
        return switch (engine) {
            // Only jsonb is read fast, and only json keeps numbers and objects as they were
            // written.
            case POSTGRESQL ->
                    field(
                            """
                            (SELECT CASE jsonb_typeof(v.j) WHEN 'string' THEN v.j #>> array[]::text[] \
                            WHEN 'null' THEN NULL WHEN 'boolean' THEN v.j #>> array[]::text[] \
                            ELSE {1} #>> array[]::text[] END FROM (SELECT {0} AS j OFFSET 0) AS v)\
                            """,
                            String.class,
                            walkBinary(json, path),
                            walk(field("({0})::json", Object.class, json), path));
            case SQLITE ->
                    field(
                            "CASE json_type({0}, {1}) WHEN 'text' THEN {0} ->> {1} WHEN 'null' THEN"
                                    + " NULL ELSE {0} -> {1} END",
                            String.class, json, val(sqlitePath(path)));
        };
    }

    Field<Double> number(Field<String> json, List<Object> path) {
        return switch (engine) {
            case POSTGRESQL ->
                    field(
                            """
                            (SELECT CASE jsonb_typeof(v.j) WHEN 'number' THEN {1} \
                            WHEN 'string' THEN {2} END FROM (SELECT {0} AS j OFFSET 0) AS v)\
                            """,
                            Double.class,
                            walkBinary(json, path),
                            postgresDouble(field("v.j", Object.class)),
                            parsed(field("(v.j #>> array[]::text[])", String.class)));
            case SQLITE ->
                    field(
                            "CASE json_type({0}, {1}) WHEN 'integer' THEN {2} WHEN 'real' THEN {2}"
                                    + " WHEN 'text' THEN {3} END",
                            Double.class,
                            json,
                            val(sqlitePath(path)),
                            field(
                                    "nullif(nullif(CAST({0} -> {1} AS REAL), 9e999), -9e999)",
                                    Double.class, json, val(sqlitePath(path))),
                            parsed(
                                    field(
                                            "({0} ->> {1})",
                                            String.class, json, val(sqlitePath(path)))));
        };
    }

    Field<Boolean> bool(Field<String> json, List<Object> path) {
        return switch (engine) {
            case POSTGRESQL ->
                    field(
                            """
                            (SELECT CASE jsonb_typeof(v.j) WHEN 'boolean' THEN v.j = 'true'::jsonb \
                            WHEN 'string' THEN CASE lower(v.j #>> array[]::text[]) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END \
                            WHEN 'number' THEN CASE {1} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END END \
                            FROM (SELECT {0} AS j OFFSET 0) AS v)\
                            """,
                            Boolean.class,
                            walkBinary(json, path),
                            postgresDouble(field("v.j", Object.class)));
            case SQLITE ->
                    field(
                            """
                            CASE json_type({0}, {1}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 \
                            WHEN 'text' THEN CASE lower({0} ->> {1}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END \
                            WHEN 'integer' THEN {2} WHEN 'real' THEN {2} END\
                            """,
                            Boolean.class,
                            json,
                            val(sqlitePath(path)),
                            field(
                                    "CASE CAST({0} -> {1} AS REAL) WHEN 1.0 THEN 1 WHEN 0.0 THEN 0"
                                            + " END",
                                    Boolean.class, json, val(sqlitePath(path))));
        };
    }

    /** The number that a text is. */
    Field<Double> parsed(Field<String> text) {
        return switch (engine) {
            case POSTGRESQL ->
                    field(
                            "CASE WHEN {0} ~ {1} THEN coalesce({2}, CASE WHEN {0} ~ {3} THEN 0 END) END",
                            Double.class,
                            text,
                            inline(NUMERAL),
                            postgresDouble(field("to_jsonb({0})", Object.class, text)),
                            inline(TINY));
            case SQLITE ->
                    field(
                            """
                            CASE WHEN ltrim({0}, {1}) GLOB '[-0-9]*' AND json_valid({0}) \
                            THEN nullif(nullif(CAST(ltrim({0}, {1}) AS REAL), 9e999), -9e999) END\
                            """,
                            Double.class, text, inline(" \t\n\r"));
        };
    }

    private static Field<Double> postgresDouble(Field<?> json) {
        return field(
                "(jsonb_path_query_first({0}, {1}::jsonpath, '{}'::jsonb, true))::float8",
                Double.class, json, inline(DOUBLE));
    }

    private static Field<?> walk(Field<?> json, List<Object> path) {
        Field<?> found = json;
        for (Object key : path) {
            found = field("({0} -> {1})", Object.class, found, key(key));
        }
        return found;
    }

    /** To jsonb's {@code ->} a value alone is a list of one. */
    private static Field<?> walkBinary(Field<String> json, List<Object> path) {
        Field<?> found = field("({0})::jsonb", Object.class, json);
        for (Object key : path) {
            found =
                    key instanceof Integer place
                            ? field(
                                    "jsonb_path_query_first({0}, {1}::jsonpath, '{}'::jsonb, true)",
                                    Object.class, found, inline("strict $[" + place + "]"))
                            : field("({0} -> {1})", Object.class, found, key(key));
        }
        return found;
    }

    private static Field<?> key(Object key) {
        return key instanceof Integer place
                ? field("{0}::int", Object.class, val(place))
                : field("{0}::text", Object.class, val((String) key));
    }

    /** Quoted names match members only; quotes and backslashes in them are escaped as in JSON. */
    public static String sqlitePath(List<?> path) {
        StringBuilder text = new StringBuilder("$");
        for (Object key : path) {
            if (key instanceof Integer place) {
                text.append('[').append(place).append(']');
            } else {
                String name = ((String) key).replace("\\", "\\\\").replace("\"", "\\\"");
                text.append(".\"").append(name).append('"');
            }
        }
        return text.toString();
    }
}
