package dev.phoenix.server;

import dev.phoenix.server.demo.DemoTraffic;
import dev.phoenix.server.demo.Recording;
import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores recordings in the server of this process, through its own door. */
final class FixtureLoader {

    private static final Logger log = LoggerFactory.getLogger(FixtureLoader.class);

    private final Settings settings;

    FixtureLoader(Settings settings) {
        this.settings = settings;
    }

    /**
     * @param force also into projects that exist, where the recordings may be stored already
     */
    void load(List<Recording> recordings, boolean force) throws IOException, InterruptedException {
        if (recordings.isEmpty()) {
            return;
        }
        try (DemoTraffic traffic = traffic()) {
            traffic.send(force ? recordings : missing(traffic, recordings), FixtureLoader::report);
        }
    }

    void stream(Recording recording) throws IOException, InterruptedException {
        try (DemoTraffic traffic = traffic()) {
            traffic.stream(recording, FixtureLoader::report);
        }
    }

    private static List<Recording> missing(DemoTraffic traffic, List<Recording> recordings)
            throws IOException, InterruptedException {
        TreeSet<String> projects =
                recordings.stream()
                        .map(Recording::project)
                        .collect(Collectors.toCollection(TreeSet::new));
        List<Recording> missing = new ArrayList<>(recordings);
        for (String project : projects) {
            if (traffic.knowsProject(project)) {
                missing.removeIf(recording -> recording.project().equals(project));
                log.info(
                        "project {} exists: its recordings are left out, unless --force-fixture-ingestion is given",
                        project);
            }
        }
        return missing;
    }

    private DemoTraffic traffic() {
        if (settings.api().readOnly()) {
            throw new SettingsException(
                    "A read-only server stores no recordings: leave out --read-only (PHOENIX_READ_ONLY) or the recordings.");
        }
        return new DemoTraffic(ownAddress(), InstantSource.system());
    }

    private URI ownAddress() {
        NetworkSettings network = settings.network();
        InetAddress address = network.bindAddresses().getFirst();
        String host =
                address.isAnyLocalAddress() || address.isLoopbackAddress()
                        ? "localhost"
                        : network.host().orElseThrow();
        return URI.create("http://%s:%d%s".formatted(host, network.port(), network.rootPath()));
    }

    private static void report(Recording recording, long rejected) {
        log.info(
                "stored recording {}: {} spans in project {}, {} refused",
                recording.name(),
                recording.spans(),
                recording.project(),
                rejected);
    }
}
