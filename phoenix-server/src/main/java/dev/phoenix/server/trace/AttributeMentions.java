package dev.phoenix.server.trace;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.filter.TextSql;
import dev.phoenix.server.trace.AttributeFilter.Value;
import java.util.List;
import org.jooq.Condition;

/**
 * Looks for a member in the text of stored JSON before that is read, which takes several times as
 * long. Stored JSON has no blanks, and escapes no character that is looked for here.
 */
final class AttributeMentions {

    private static final long LEAST_WITH_EXPONENT = 10_000_000;

    private final TextSql texts;

    AttributeMentions(Engine engine) {
        this.texts = new TextSql(engine);
    }

    /** Holds wherever the filter holds. */
    Condition of(AttributeFilter filter) {
        String name = filter.path().getLast();
        if (!isPlain(name)) {
            return noCondition();
        }
        String member = "\"" + name + "\":";
        Condition any = falseCondition();
        for (String beginning : beginnings(filter.value())) {
            any = any.or(texts.has(AttributeConditions.ATTRIBUTES, member + beginning));
        }
        return any;
    }

    private static List<String> beginnings(Value value) {
        return switch (value) {
            case Value.Bool(boolean flag) -> List.of(Boolean.toString(flag));
            case Value.Text(String text) -> List.of(isPlain(text) ? '"' + text + '"' : "\"");
            case Value.Whole(long number) -> beginnings(number);
            case Value.Real(double _) -> List.of("");
        };
    }

    /** As {@code Long} and {@code Double} write it, perhaps 7.7E7 then. */
    private static List<String> beginnings(long number) {
        String text = Long.toString(number);
        if (number == 0) {
            return List.of(text, "-0");
        }
        return -LEAST_WITH_EXPONENT < number && number < LEAST_WITH_EXPONENT
                ? List.of(text)
                : List.of(text, text.substring(0, number < 0 ? 2 : 1) + ".");
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
    }
}
