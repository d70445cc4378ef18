package dev.phoenix.server.project;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

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

    private final TreeMap<Integer, Long> counts = new TreeMap<>();

    public static LatencyHistogram decode(byte[] stored) {
        LatencyHistogram histogram = new LatencyHistogram();
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        int bucket = 0;
        while (bytes.hasRemaining()) {
            bucket += (int) readVarint(bytes);
            histogram.counts.put(bucket, readVarint(bytes));
        }
        return histogram;
    }

    public byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(counts.size() * MAX_PAIR);
        int before = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            writeVarint(bytes, entry.getKey() - before);
            writeVarint(bytes, entry.getValue());
            before = entry.getKey();
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
        other.counts.forEach(this::addToBucket);
    }

    private void addToBucket(int bucket, long times) {
        counts.merge(bucket, times, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
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
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen > rank) {
                return middleOf(entry.getKey());
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
