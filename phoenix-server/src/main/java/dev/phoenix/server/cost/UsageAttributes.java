package dev.phoenix.server.cost;

import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/** The attributes of a span as far as its usage is read from them, wherever they come from. */
public interface UsageAttributes {

    /** The text at a dotted path; null where there is none. */
    @Nullable String text(String path);

    /** The number at a dotted path, 1 and 0 for true and false; null where there is none. */
    @Nullable Double number(String path);

    /** The numbers, true and false right below a dotted path, with their names. */
    void numbersBelow(String path, ObjDoubleConsumer<String> consumer);
}
