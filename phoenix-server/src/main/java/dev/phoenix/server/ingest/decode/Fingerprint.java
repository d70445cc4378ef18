package dev.phoenix.server.ingest.decode;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A 64-bit hash of JSON, taken while it is written. The order of an object's members does not
 * matter, that of a list's elements does. It tells repeated spans from changed ones; it is no
 * protection against somebody who looks for two texts with one hash.
 */
final class Fingerprint {

    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final long LIST = 0x3C6EF372FE94F82BL;
    private static final long OBJECT = 0xA54FF53A5F1D36F1L;

    /** Of every open container, the JSON text itself being the first. */
    private long[] sums = new long[16];

    private long[] names = new long[16];
    private boolean[] lists = new boolean[16];
    private boolean[] counts = new boolean[16];
    private int depth;

    /** Four chains of steps at a time: one alone would wait for its multiplications. */
    static long of(char[] text, int from, int to) {
        long hash = to - from;
        int i = from;
        if (to - from >= 32) {
            long second = ODD;
            long third = LIST;
            long fourth = OBJECT;
            for (; i + 16 <= to; i += 16) {
                hash = step(hash, four(text, i));
                second = step(second, four(text, i + 4));
                third = step(third, four(text, i + 8));
                fourth = step(fourth, four(text, i + 12));
            }
            hash = step(step(step(hash, second), third), fourth);
        }
        for (; i + 4 <= to; i += 4) {
            hash = step(hash, four(text, i));
        }
        for (; i < to; i++) {
            hash = step(hash, text[i]);
        }
        return hash;
    }

    static long of(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = step(hash, text.charAt(i));
        }
        return hash;
    }

    static long of(ByteString bytes) {
        long hash = bytes.size();
        for (int i = 0; i < bytes.size(); i++) {
            hash = step(hash, bytes.byteAt(i));
        }
        return hash;
    }

    /** Of several hashes in their order. */
    static long of(long... hashes) {
        long hash = hashes.length;
        for (long part : hashes) {
            hash = step(hash, part);
        }
        return hash;
    }

    void begin(boolean list) {
        if (++depth == sums.length) {
            sums = Arrays.copyOf(sums, depth * 2);
            names = Arrays.copyOf(names, depth * 2);
            lists = Arrays.copyOf(lists, depth * 2);
            counts = Arrays.copyOf(counts, depth * 2);
        }
        sums[depth] = 0;
        counts[depth] = false;
        lists[depth] = list;
    }

    void end() {
        long hash = step(sums[depth], lists[depth] ? LIST : OBJECT);
        depth--;
        value(hash);
    }

    /** Like {@link #end} unless nothing in the container counted. */
    void endBranch() {
        if (depth == 1 || counts[depth]) {
            end();
        } else {
            depth--;
        }
    }

    void name(long hash) {
        names[depth] = hash;
    }

    void value(long hash) {
        counts[depth] = true;
        if (depth == 0 || lists[depth]) {
            sums[depth] = step(sums[depth], hash);
        } else {
            sums[depth] += step(names[depth], hash);
        }
    }

    long hash() {
        return sums[0];
    }

    private static long four(char[] text, int i) {
        return text[i]
                | (long) text[i + 1] << 16
                | (long) text[i + 2] << 32
                | (long) text[i + 3] << 48;
    }

    private static long step(long hash, long part) {
        long mixed = (hash ^ part) * ODD;
        mixed ^= mixed >>> 29;
        mixed *= OBJECT;
        return mixed ^ mixed >>> 32;
    }
}
