package dev.phoenix.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Ids that look random to an index, never repeat within a run, and can be computed again from a
 * span's number: what an acknowledged request contained need not be remembered.
 */
public record SpanIds(long salt) {

    public static SpanIds random() {
        return new SpanIds(RandomGenerator.getDefault().nextLong());
    }

    byte[] spanId(long span) {
        return ByteBuffer.allocate(Long.BYTES).putLong(mix(salt + span)).array();
    }

    byte[] traceId(long trace) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(mix(salt - 1 - trace))
                .putLong(mix(trace))
                .array();
    }

    /** As the server stores it. */
    public String spanIdText(long span) {
        return HexFormat.of().toHexDigits(mix(salt + span));
    }

    /** The finalizer of SplitMix64: a bijection, so different numbers give different ids. */
    private static long mix(long value) {
        long first = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
