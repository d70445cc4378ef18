package dev.phoenix.benchmarks.fault;

import java.util.HexFormat;

/** Ids as numbers: millions of them are held. */
final class SpanId {

    private SpanId() {}

    static long number(String hex) {
        return HexFormat.fromHexDigitsToLong(hex);
    }

    static String text(long number) {
        return HexFormat.of().toHexDigits(number);
    }
}
