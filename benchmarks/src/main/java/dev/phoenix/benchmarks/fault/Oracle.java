package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.scenario.LaunchOptions;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Compares a database with what was acknowledged, and its sums with its rows. */
final class Oracle {

    private static final int READ_BACK = 50;
    private static final int NAMED = 5;

    private final Store store;
    private final Ledger ledger;
    private final String project;

    Oracle(Store store, Ledger ledger, String project) {
        this.store = store;
        this.ledger = ledger;
        this.project = project;
    }

    /** Every acknowledged span is in the database, and no span is there twice. */
    void findLosses(Report report) throws SQLException {
        // In this order: while spans arrive, more are stored than were acknowledged before.
        long[] acknowledged = ledger.spanIds();
        compare(report, acknowledged, storedSpanIds());
    }

    /** Besides: nothing is stored that was not acknowledged, and the API shows what is stored. */
    void findStrays(Report report, RunningServer server) throws SQLException, IOException {
        long[] acknowledged = ledger.spanIds();
        long[] stored = storedSpanIds();
        compare(report, acknowledged, stored);
        long[] strays = notIn(acknowledged, stored);
        report.require(
                strays.length == 0,
                "%,d spans are stored that belong to no acknowledged request: %s",
                strays.length,
                some(strays));
        readBack(report, server);
    }

    /** Every stored sum equals a recount of the rows it sums. */
    void recount(Report report) throws IOException {
        var command =
                new ProcessBuilder(
                                LaunchOptions.launcher().toString(),
                                "db",
                                "recount",
                                "--database-url",
                                store.url())
                        .redirectErrorStream(true);
        command.environment().keySet().removeIf(name -> name.startsWith("PHOENIX_"));
        Process recount = command.start();
        String said = new String(recount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = recount.onExit().join().exitValue();
        report.require(exit == 0, "db recount ended with %d:%n%s", exit, said);
    }

    private static void compare(Report report, long[] acknowledged, long[] stored) {
        long[] missing = notIn(stored, acknowledged);
        report.require(
                missing.length == 0,
                "%,d acknowledged spans are missing: %s",
                missing.length,
                some(missing));
        long distinct = Arrays.stream(stored).distinct().count();
        report.require(
                distinct == stored.length,
                "%,d spans are stored more than once",
                stored.length - distinct);
    }

    private long[] storedSpanIds() throws SQLException {
        LongStream.Builder ids = LongStream.builder();
        store.forEachSpanId(id -> ids.add(SpanId.number(id)));
        return ids.build().sorted().toArray();
    }

    private void readBack(Report report, RunningServer server) throws IOException {
        List<String> ids = ledger.sample(READ_BACK).toList();
        String query = "?limit=1000&span_id=" + String.join("&span_id=", ids);
        var answer = server.get("/v1/projects/" + project + "/spans" + query);
        report.require(
                answer.statusCode() == 200,
                "reading spans had the status %d: %s",
                answer.statusCode(),
                answer.body());
        List<String> missing = ids.stream().filter(id -> !answer.body().contains(id)).toList();
        report.require(
                answer.statusCode() != 200 || missing.isEmpty(),
                "the API does not show acknowledged spans: %s",
                missing);
    }

    private static long[] notIn(long[] sorted, long[] wanted) {
        return Arrays.stream(wanted).filter(id -> Arrays.binarySearch(sorted, id) < 0).toArray();
    }

    private static List<String> some(long[] ids) {
        return Arrays.stream(ids).limit(NAMED).mapToObj(SpanId::text).toList();
    }
}
