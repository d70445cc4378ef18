package dev.phoenix.server.project;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts of latencies in buckets of fixed bounds, so that histograms add up. Below 64 ns a bucket
 * is one nanosecond wide; above, each power of two has 32 of them, so that the middle of a bucket
 * is at most 1/64 away from any latency in it.
 *
 * <p>Stored as pairs of variable-length numbers, by bucket: the distance from the bucket before,
 * and the count.
 */
public final class LatencyHistogram {

    /** The largest relative distance between a quantile and the latency it stands for. */
    public static final double MAX_ERROR = 1.0 / 64;

    private static final int EXACT_BITS = 6;
    private static final int BUCKETS_PER_OCTAVE = 32;

    /** A bucket's distance and its count take at most this many bytes. */
    private static final int MAX_PAIR = 15;

    /** Counts of the buckets from the first one on; few, because latencies are alike. */
    private long[] counts = {};

    private int first;

    public static LatencyHistogram decode(byte[] stored) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(stored);
        return histogram;
    }

    /** Adds one that was stored. */
    public void add(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        int bucket = 0;
        while (bytes.hasRemaining()) {
            bucket += (int) readVarint(bytes);
            addToBucket(bucket, readVarint(bytes));
        }
    }

    public byte[] encode() {
        int used = (int) Arrays.stream(counts).filter(count -> count != 0).count();
        ByteBuffer bytes = ByteBuffer.allocate(used * MAX_PAIR);
        int before = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                writeVarint(bytes, first + i - before);
                writeVarint(bytes, counts[i]);
                before = first + i;
            }
        }
        byte[] stored = new byte[bytes.position()];
        bytes.flip().get(stored);
        return stored;
    }

    /**
     * Counts a latency, or with a negative number takes it back; a latency below zero counts as
     * zero.
     */
    public void add(long latencyNs, long times) {
        addToBucket(bucketOf(Math.max(0, latencyNs)), times);
    }

    public void add(LatencyHistogram other) {
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] != 0) {
                addToBucket(other.first + i, other.counts[i]);
            }
        }
    }

    private void addToBucket(int bucket, long times) {
        if (bucket < first || bucket >= first + counts.length) {
            makeRoomFor(bucket);
        }
        counts[bucket - first] += times;
    }

    private void makeRoomFor(int bucket) {
        int octave = bucket - bucket % BUCKETS_PER_OCTAVE;
        int from = counts.length == 0 ? octave : Math.min(first, octave);
        int until = Math.max(first + counts.length, octave + BUCKETS_PER_OCTAVE);
        long[] wider = new long[until - from];
        if (counts.length > 0) {
            System.arraycopy(counts, 0, wider, first - from, counts.length);
        }
        counts = wider;
        first = from;
    }

    /** How much memory it takes. */
    public int bytes() {
        return counts.length * Long.BYTES;
    }

    public long total() {
        return Arrays.stream(counts).sum();
    }

    /**
     * The latency below which this share lies, between two buckets if need be; at most {@link
     * #MAX_ERROR} off. Must not be empty.
     */
    public double quantile(double probability) {
        double place = (total() - 1) * probability;
        long below = (long) Math.floor(place);
        double lower = atRank(below);
        return place == below ? lower : lower + (atRank(below + 1) - lower) * (place - below);
    }

    private double atRank(long rank) {
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen > rank) {
                return middleOf(first + i);
            }
        }
        throw new IllegalArgumentException("rank must be below " + seen + ", was " + rank);
    }

    static int bucketOf(long latencyNs) {
        if (latencyNs < 1L << EXACT_BITS) {
            return (int) latencyNs;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(latencyNs) - EXACT_BITS;
        return shift * BUCKETS_PER_OCTAVE + (int) (latencyNs >>> shift);
    }

    static double middleOf(int bucket) {
        if (bucket < 1 << EXACT_BITS) {
            return bucket;
        }
        int shift = bucket / BUCKETS_PER_OCTAVE - 1;
        long lowest = (long) (bucket - shift * BUCKETS_PER_OCTAVE) << shift;
        return lowest + ((1L << shift) - 1) / 2.0;
    }

    private static long readVarint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static void writeVarint(ByteBuffer bytes, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }
}
