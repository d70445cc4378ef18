package dev.phoenix.benchmarks.fault;

/**
 * How much of each fault.
 *
 * @param seed what random choices come from
 */
record Effort(boolean full, long seed) {

    int of(int brief, int full) {
        return this.full ? full : brief;
    }
}
