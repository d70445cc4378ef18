package dev.phoenix.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Ids that look random to an index, never repeat within a run, and can be computed from a span's
 * number and back: what an acknowledged request contained need not be remembered.
 */
public record SpanIds(long salt) {

    private static final long FIRST_FACTOR = 0xbf58476d1ce4e5b9L;
    private static final long SECOND_FACTOR = 0x94d049bb133111ebL;

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

    public long spanNumber(String spanIdText) {
        return unmix(HexFormat.fromHexDigitsToLong(spanIdText)) - salt;
    }

    /** The finalizer of SplitMix64: a bijection, so different numbers give different ids. */
    private static long mix(long value) {
        long first = (value ^ (value >>> 30)) * FIRST_FACTOR;
        long second = (first ^ (first >>> 27)) * SECOND_FACTOR;
        return second ^ (second >>> 31);
    }

    private static long unmix(long value) {
        long second = unshift(value, 31) * inverse(SECOND_FACTOR);
        long first = unshift(second, 27) * inverse(FIRST_FACTOR);
        return unshift(first, 30);
    }

    /** The x for which {@code x ^ (x >>> bits)} is the value. */
    private static long unshift(long value, int bits) {
        long x = value;
        for (int known = bits; known < Long.SIZE; known += bits) {
            x = value ^ (x >>> bits);
        }
        return x;
    }

    /** Modulo 2^64, by Newton's iteration: each step doubles the number of right bits. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int right = 3; right < Long.SIZE; right *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
