package dev.phoenix.benchmarks.scenario;

import java.util.stream.DoubleStream;

/** The middle of some figures, or the mean of the two in the middle. */
final class Median {

    private Median() {}

    /** NaN of none. */
    static double of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
