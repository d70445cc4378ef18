package dev.phoenix.server.db;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What SQL makes of a sum. */
public final class SqlSum {

    private SqlSum() {}

    /** A sum of nothing, or of nulls only, is null. */
    public static double orZero(@Nullable BigDecimal sum) {
        return sum == null ? 0 : sum.doubleValue();
    }
}
