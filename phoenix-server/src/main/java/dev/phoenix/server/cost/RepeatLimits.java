package dev.phoenix.server.cost;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what would keep Java's matcher busy without reading a character, where nothing could stop
 * it: counted repetitions inside each other, and many ways to match nothing, which multiply at the
 * end of the text. Told what a pattern is made of, from left to right.
 */
final class RepeatLimits {

    private static final long MOST_REPEATS = 1_000;

    /** In powers of two. */
    private static final double MOST_WAYS = 12;

    private final Deque<Group> open = new ArrayDeque<>();
    private Group group = new Group();
    private @Nullable Piece last;
    private boolean repeated;

    /** Something that takes part of the text, or an anchor that takes none. */
    void atom(boolean canBeEmpty) {
        put(new Piece(canBeEmpty, 0, 1));
    }

    void open() {
        fold();
        open.push(group);
        group = new Group();
    }

    void branch() {
        fold();
        group.endBranch();
    }

    void close() {
        branch();
        Piece inside = group.asPiece();
        group = open.isEmpty() ? new Group() : open.pop();
        put(inside);
    }

    /**
     * A quantifier, or the sign that makes the one before it lazy or possessive.
     *
     * @return what is wrong with it; null if nothing
     */
    @Nullable String repeat(long least, long most) {
        if (last == null || repeated) {
            return null;
        }
        long times = Math.max(1, Math.max(least, most));
        double ways = last.ways * times + (last.canBeEmpty ? times : 0);
        last = new Piece(last.canBeEmpty || least == 0, ways, last.repeats * times);
        repeated = true;
        if (last.repeats > MOST_REPEATS) {
            return "repetitions multiply to more than " + MOST_REPEATS;
        }
        return ways + group.ways > MOST_WAYS ? "there are too many ways to match nothing" : null;
    }

    private void put(Piece piece) {
        fold();
        last = piece;
        repeated = false;
    }

    private void fold() {
        if (last != null) {
            group.add(last);
            last = null;
        }
    }

    /** What is wrong with the pattern as a whole; null if nothing. */
    @Nullable String end() {
        branch();
        return group.asPiece().ways > MOST_WAYS ? "there are too many ways to match nothing" : null;
    }

    /**
     * @param ways in how many ways it can match nothing, as a power of two
     */
    private record Piece(boolean canBeEmpty, double ways, long repeats) {}

    private static final class Group {

        private boolean branchCanBeEmpty = true;
        private int emptyBranches;
        private double ways;
        private long repeats = 1;

        void add(Piece piece) {
            branchCanBeEmpty &= piece.canBeEmpty;
            ways += piece.ways;
            repeats = Math.max(repeats, piece.repeats);
        }

        void endBranch() {
            emptyBranches += branchCanBeEmpty ? 1 : 0;
            branchCanBeEmpty = true;
        }

        Piece asPiece() {
            double choices = emptyBranches > 1 ? Math.log(emptyBranches) / Math.log(2) : 0;
            return new Piece(emptyBranches > 0, ways + choices, repeats);
        }
    }
}
