package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.target.Store;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.stream.LongStream;

/** Which spans of a run the database has, by their number. */
record Stored(Requests requests, BitSet spans) {

    static Stored in(Store store, Requests requests) throws SQLException {
        var spans = new BitSet();
        store.forEachSpanId(
                id -> {
                    long number = requests.spanNumber(id);
                    if (number >= 0 && number < Integer.MAX_VALUE) {
                        spans.set((int) number);
                    }
                });
        return new Stored(requests, spans);
    }

    /** How many spans of these acknowledged requests are not there. */
    long missing(LongStream acknowledged) {
        return acknowledged
                .flatMap(requests::numbers)
                .filter(number -> !spans.get(Math.toIntExact(number)))
                .count();
    }
}
