package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.fault.Mutations.Door;
import dev.phoenix.benchmarks.load.Sender;
import dev.phoenix.benchmarks.scenario.Folder;
import dev.phoenix.benchmarks.target.Engine;
import dev.phoenix.benchmarks.target.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A file system that has no room left for the database, until it is extended. */
final class FillDisk implements Fault {

    private static final int MOST_REQUESTS = 5_000;
    private static final int SETTLING_MILLIS = 1_000;

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public @Nullable String obstacle() throws IOException {
        try (Folder folder = Folder.create()) {
            if (!mount(folder.path(), "size=1m")) {
                return "only root may mount a small file system";
            }
            unmount(folder.path());
            return null;
        }
    }

    @Override
    public Report cause(Engine engine, Effort effort) throws Exception {
        var report = new Report();
        try (Folder small = Folder.create()) {
            if (!mount(small.path(), "size=" + effort.of(48, 400) + "m")) {
                throw new IOException("a file system could be mounted a moment ago, and not now");
            }
            try (Rig rig = Rig.on(engine, small.path());
                    RunningServer server = rig.startServer();
                    OpenDoor door = new OpenDoor(server)) {
                fill(report, rig, server, door, small.path());
                rig.settle(report, server);
            } finally {
                unmount(small.path());
            }
        }
        return report;
    }

    private static void fill(
            Report report, Rig rig, RunningServer server, OpenDoor door, Path small)
            throws Exception {
        try (Sender sender = Rig.sender(server, 0);
                Exporter.Load load = rig.exporter().start(sender, Rig.CONNECTIONS)) {
            String answer = "200";
            for (int i = 0; i < MOST_REQUESTS && OpenDoor.isYes(answer); i++) {
                answer = rig.exporter().probe(door, Door.PROTOBUF);
            }
            // Some room may be left here and there, for smaller batches.
            TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
            expect(report, "HTTP", rig.exporter().probe(door, Door.PROTOBUF), "507");
            expect(report, "gRPC", rig.exporter().probe(door, Door.GRPC), "RESOURCE_EXHAUSTED");
            int read = server.get("/v1/projects/" + Rig.PROJECT + "/spans?limit=10").statusCode();
            report.require(read == 200, "reading had the status %d on a full disk", read);
            report.require(server.isAlive(), "the server ended");
            rig.oracle().findLosses(report);
            report.fact("%,d spans fit", rig.ledger().spans());
            if (!mount(small, "remount,size=4g")) {
                throw new IOException("the file system cannot be extended");
            }
            report.fact(
                    "acknowledging again %,d ms after it was extended",
                    load.awaitAcknowledged(1).toMillis());
            load.awaitAcknowledged(10);
        }
    }

    private static void expect(Report report, String door, String answer, String expected) {
        report.require(
                answer.equals(expected),
                "a full disk was answered %s over %s, not %s",
                answer,
                door,
                expected);
    }

    private static boolean mount(Path folder, String options) throws IOException {
        return Files.isExecutable(Path.of("/bin/mount"))
                && run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()) == 0;
    }

    private static void unmount(Path folder) throws IOException {
        run("umount", folder.toString());
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }
}
