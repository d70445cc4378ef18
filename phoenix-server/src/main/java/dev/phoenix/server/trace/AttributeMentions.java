package dev.phoenix.server.trace;

import static dev.phoenix.server.db.jooq.Tables.SPAN_PAYLOADS;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;

import dev.phoenix.server.db.Engine;
import dev.phoenix.server.filter.TextSql;
import dev.phoenix.server.trace.AttributeFilter.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;

/**
 * Looks for a member in the text of stored JSON before that is read, which takes several times as
 * long. Stored JSON has no blanks, and escapes no character that is looked for here.
 */
final class AttributeMentions {

    private static final int MOST_DIGITS = 3;

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
            any = any.or(texts.has(SPAN_PAYLOADS.ATTRIBUTES, member + beginning));
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

    /**
     * However it was written: 120 may be 120.0, 1.2E2 or 0.12E3, but begins with no other digit.
     */
    private static List<String> beginnings(long number) {
        String digits = BigInteger.valueOf(number).abs().toString().replaceFirst("0+$", "");
        String sign = number < 0 ? "-" : "";
        if (digits.isEmpty()) {
            return List.of("0", "-0");
        }
        List<String> beginnings = new ArrayList<>();
        beginnings.add(sign + "0.");
        int most = Math.min(digits.length(), MOST_DIGITS);
        for (int point = 1; point < most; point++) {
            beginnings.add(sign + digits.substring(0, point) + ".");
        }
        beginnings.add(sign + digits.substring(0, most));
        return beginnings;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
    }
}
