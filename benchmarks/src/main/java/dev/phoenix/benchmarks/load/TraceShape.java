package dev.phoenix.benchmarks.load;

/** How the spans of one trace hang together, and which end of it is sent first. */
public enum TraceShape {
    /** Ten children each, over many connections at once. */
    TREE("tree", false),
    /** Each the only child of the one before it. */
    CHAIN("chain, root first", false),
    CHAIN_LEAF_FIRST("chain, leaf first", true);

    private static final int FAN_OUT = 10;

    private final String label;
    private final boolean leafFirst;

    TraceShape(String label, boolean leafFirst) {
        this.label = label;
        this.leafFirst = leafFirst;
    }

    boolean leafFirst() {
        return leafFirst;
    }

    /** The root is at position 0. */
    int parent(int position) {
        return this == TREE ? (position - 1) / FAN_OUT : position - 1;
    }

    boolean isLeaf(int position, int spans) {
        return (this == TREE ? position * FAN_OUT : position) + 1 >= spans;
    }

    @Override
    public String toString() {
        return label;
    }
}
