package dev.phoenix.benchmarks.bare;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Writers that each put all waiting requests into one transaction and answer them together after
 * it.
 */
final class GroupCommit {

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());
    private static final int ROWS_PER_COMMIT = 2_000;

    private final BlockingQueue<Batch> waiting = new ArrayBlockingQueue<>(256);

    GroupCommit(String jdbcUrl, int writers) throws SQLException {
        for (int i = 0; i < writers; i++) {
            Table table = Table.open(jdbcUrl);
            Thread.ofPlatform().daemon().name("writer-" + i).start(() -> write(table));
        }
    }

    /**
     * Returns when the rows are durable.
     *
     * @throws CompletionException if they are not and never will be
     */
    void store(List<Row> rows) throws InterruptedException {
        var batch = new Batch(rows, new CompletableFuture<>());
        waiting.put(batch);
        batch.durable().join();
    }

    private void write(Table table) {
        try {
            while (true) {
                write(table, take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A failure is the answer of every request in the transaction. */
    private static void write(Table table, List<Batch> batches) {
        try {
            for (Batch batch : batches) {
                table.insert(batch.rows());
            }
            table.commit();
            batches.forEach(batch -> batch.durable().complete(null));
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "nothing of a transaction is stored", e);
            table.rollback();
            batches.forEach(batch -> batch.durable().completeExceptionally(e));
        }
    }

    private List<Batch> take() throws InterruptedException {
        List<Batch> batches = new ArrayList<>();
        Batch next = waiting.take();
        int rows = 0;
        while (next != null) {
            batches.add(next);
            rows += next.rows().size();
            next = rows < ROWS_PER_COMMIT ? waiting.poll() : null;
        }
        return batches;
    }

    private record Batch(List<Row> rows, CompletableFuture<Void> durable) {}
}
