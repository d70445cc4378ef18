package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.load.Requests;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The requests that were acknowledged. */
final class Ledger {

    private final Requests requests;
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

    Ledger(Requests requests) {
        this.requests = requests;
    }

    void acknowledge(long request) {
        acknowledged.add(request);
    }

    int requests() {
        return acknowledged.size();
    }

    long spans() {
        return (long) acknowledged.size() * requests.spans();
    }

    /** In ascending order. */
    long[] spanIds() {
        return acknowledged.stream()
                .flatMap(requests::spanIds)
                .mapToLong(SpanId::number)
                .sorted()
                .toArray();
    }

    /** Of some requests, to be looked at one by one. */
    Stream<String> sample(int count) {
        return acknowledged.stream()
                .limit((count + requests.spans() - 1) / requests.spans())
                .flatMap(requests::spanIds)
                .limit(count);
    }
}
