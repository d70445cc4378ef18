package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.load.Protocol;
import dev.phoenix.benchmarks.load.Requests;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.scenario.Folder;
import dev.phoenix.benchmarks.scenario.LaunchOptions;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import dev.phoenix.benchmarks.target.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A throw-away database with an exporter that sends to its servers, and the oracle. */
final class Rig implements AutoCloseable {

    static final int CONNECTIONS = 16;
    static final String PROJECT = "faults";

    private final Folder folder;
    private final Store store;
    private final Ledger ledger;
    private final Exporter exporter;
    private final Oracle oracle;

    private Rig(Folder folder, Store store) {
        this.folder = folder;
        this.store = store;
        var requests = new Requests(PROJECT);
        this.ledger = new Ledger(requests);
        this.exporter = new Exporter(requests, ledger);
        this.oracle = new Oracle(store, ledger, PROJECT);
    }

    static Rig on(Engine engine) throws IOException {
        Folder folder = Folder.create();
        return new Rig(folder, engine.newStore(folder.path()));
    }

    /** With its tables, but nothing else, in a folder that may be a file system of its own. */
    static Rig on(Engine engine, Path tables) throws IOException, SQLException {
        Folder folder = Folder.create();
        return new Rig(
                folder,
                switch (engine) {
                    case SQLITE -> engine.newStore(tables);
                    case POSTGRESQL -> engine.newStore(folder.path()).withTablesIn(tables);
                });
    }

    RunningServer startServer() throws IOException {
        return startServer(store);
    }

    /** On another way to the same database. */
    RunningServer startServer(Store way) throws IOException {
        return RunningServer.start(LaunchOptions.phoenix(), way, folder.path());
    }

    /** Another protocol every round. */
    static Sender sender(RunningServer server, int round) {
        Protocol protocol = Protocol.values()[round % Protocol.values().length];
        return protocol.sender(server.httpPort(), server.grpcPort(), CONNECTIONS);
    }

    Store store() {
        return store;
    }

    Ledger ledger() {
        return ledger;
    }

    Exporter exporter() {
        return exporter;
    }

    Oracle oracle() {
        return oracle;
    }

    /**
     * What every run ends with: the rest is acknowledged, then nothing is missing and nothing
     * differs.
     */
    void settle(Report report, RunningServer server) throws Exception {
        try (Sender sender = sender(server, 0)) {
            exporter.drain(sender);
        }
        oracle.findStrays(report, server);
        oracle.recount(report);
        report.fact(
                "%,d spans acknowledged, %,d requests sent again",
                ledger.spans(), exporter.resent());
    }

    @Override
    public void close() throws IOException {
        try (folder) {
            store.close();
        }
    }
}
