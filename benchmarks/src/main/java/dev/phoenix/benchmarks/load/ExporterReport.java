package dev.phoenix.benchmarks.load;

/**
 * What came of an overload.
 *
 * @param load every attempt: a request that was refused at first is in it more than once
 * @param offered requests that fell due
 * @param dropped those of them that no connection was free for
 */
public record ExporterReport(LoadReport load, long offered, long dropped) {

    public double offeredSpansPerSecond() {
        return offered * load.spansPerRequest() / (load.elapsed().toNanos() / 1e9);
    }
}
