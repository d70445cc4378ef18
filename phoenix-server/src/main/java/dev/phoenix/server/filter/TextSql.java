package dev.phoenix.server.filter;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import dev.phoenix.server.db.Engine;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;

/** Searches and compares texts, with one meaning on both engines. */
public final class TextSql {

    private final Engine engine;

    public TextSql(Engine engine) {
        this.engine = engine;
    }

    /**
     * Upper and lower case are the same. Both are named, because what the engines fold depends on
     * how they were set up; and a pattern with both is faster than PostgreSQL's ILIKE.
     */
    Condition contains(Field<String> text, String part) {
        return switch (engine) {
            case SQLITE ->
                    part.chars().allMatch(c -> c < 0x80)
                            ? condition("{0} LIKE {1} ESCAPE '\\'", text, val(likePattern(part)))
                            : condition("{0} GLOB {1}", text, val(globPattern(part)));
            case POSTGRESQL -> condition("{0} ~ {1}", text, val(regex(part)));
        };
    }

    /** Only ASCII is folded, which both engines can do with texts they do not know. */
    Condition contains(Field<String> text, Field<String> part) {
        return switch (engine) {
            case SQLITE -> condition("instr(lower({0}), lower({1})) > 0", text, part);
            case POSTGRESQL -> condition("strpos({0}, {1}) > 0", folded(text), folded(part));
        };
    }

    /** Whether a text is within another exactly as written. */
    public Condition has(Field<String> text, String part) {
        return switch (engine) {
            case SQLITE -> condition("instr({0}, {1}) > 0", text, val(part));
            case POSTGRESQL -> condition("strpos({0}, {1}) > 0", text, val(part));
        };
    }

    /** In the order of code points. */
    Field<String> ordered(Field<String> text) {
        return engine == Engine.POSTGRESQL ? text.collate("C") : text;
    }

    private static Field<String> folded(Field<String> text) {
        return field(
                "translate({0}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')",
                String.class, text);
    }

    private static String likePattern(String part) {
        return "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static String globPattern(String part) {
        StringBuilder pattern = new StringBuilder("*");
        part.codePoints()
                .forEach(
                        c -> {
                            Set<Integer> cases = cases(c);
                            if (cases.size() > 1 || c == '*' || c == '?' || c == '[') {
                                pattern.append('[');
                                cases.forEach(pattern::appendCodePoint);
                                pattern.append(']');
                            } else {
                                pattern.appendCodePoint(c);
                            }
                        });
        return pattern.append('*').toString();
    }

    private static String regex(String part) {
        StringBuilder pattern = new StringBuilder();
        part.codePoints()
                .forEach(
                        c -> {
                            Set<Integer> cases = cases(c);
                            if (cases.size() > 1) {
                                pattern.append('[');
                                cases.forEach(pattern::appendCodePoint);
                                pattern.append(']');
                            } else {
                                boolean plain =
                                        c >= 0x80 || Character.isLetterOrDigit(c) || c <= ' ';
                                pattern.append(plain ? "" : "\\").appendCodePoint(c);
                            }
                        });
        return pattern.toString();
    }

    static Set<Integer> cases(int c) {
        Set<Integer> cases = new LinkedHashSet<>();
        cases.add(c);
        cases.add(Character.toLowerCase(c));
        cases.add(Character.toUpperCase(c));
        return cases;
    }
}
