package dev.phoenix.server.filter;

import dev.phoenix.server.filter.syntax.FilterException;
import dev.phoenix.server.filter.syntax.Range;

/**
 * Estimates how long the SQL of a condition becomes, in characters: SQLite takes a million of them.
 * In a chain of comparisons a value may be written twice.
 */
final class SqlSize {

    static final int OF_COLUMN = 300;
    static final int OF_LOOP = 700;

    private static final int OF_PATH = 600;

    /** How often a path, or the pattern for a letter, is written. */
    private static final int REPEATED = 10;

    private static final int MOST = 400_000;

    private int size;

    void add(Range range, int more) {
        size += more;
        if (size > MOST) {
            throw new FilterException(
                    range,
                    "the condition asks for too much from here on: leave some out, or list values"
                            + " with in");
        }
    }

    void addPaths(Range range, int paths, int keyLength) {
        add(range, paths * (OF_PATH + REPEATED * keyLength));
    }

    void addPattern(Range range, String part) {
        add(range, REPEATED * part.length());
    }
}
