package dev.phoenix.server.ingest.dialect;

import java.util.Arrays;

/**
 * Which names a span has, as bits. Rules ask for hundreds of names, and nearly always the answer is
 * no; a bit that is set may be of another name, so only then is it worth looking.
 */
final class NameSketch {

    private static final int BITS = 4096;

    /** The bit of a name, then those of what is on the way to it; of the names of many spans. */
    private static final TextMemo<int[]> PLACES = new TextMemo<>(2048, 120, NameSketch::placesOf);

    private final long[] names = new long[BITS / Long.SIZE];
    private final long[] ancestors = new long[BITS / Long.SIZE];

    void add(String name) {
        int[] places = PLACES.of(name);
        set(names, places[0]);
        for (int i = 1; i < places.length; i++) {
            set(ancestors, places[i]);
        }
    }

    boolean mayHave(String name) {
        return isSet(names, bit(name.hashCode()));
    }

    /** Whether there may be a name that begins with this one and a dot. */
    boolean mayHaveBelow(String name) {
        return isSet(ancestors, bit(name.hashCode()));
    }

    /** Whether there may be this name, one on the way to it, or one below it. */
    boolean mayMeet(String name) {
        int[] places = PLACES.of(name);
        if (isSet(ancestors, places[0])) {
            return true;
        }
        for (int place : places) {
            if (isSet(names, place)) {
                return true;
            }
        }
        return false;
    }

    private static int[] placesOf(String name) {
        int[] places = new int[1 + (int) name.chars().filter(c -> c == '.').count()];
        int count = 1;
        // The hash of each beginning, as String would say it.
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.') {
                places[count++] = bit(hash);
            }
            hash = 31 * hash + c;
        }
        places[0] = bit(hash);
        return places.length < 3 ? places : distinct(places);
    }

    /** Names may have thousands of dots; there are only so many bits. */
    private static int[] distinct(int[] places) {
        int[] above = Arrays.stream(places, 1, places.length).distinct().toArray();
        int[] all = new int[1 + above.length];
        all[0] = places[0];
        System.arraycopy(above, 0, all, 1, above.length);
        return all;
    }

    private static void set(long[] bits, int place) {
        bits[place >> 6] |= 1L << place;
    }

    private static boolean isSet(long[] bits, int place) {
        return (bits[place >> 6] & 1L << place) != 0;
    }

    private static int bit(int hash) {
        return (hash ^ hash >>> 12 ^ hash >>> 24) & BITS - 1;
    }
}
