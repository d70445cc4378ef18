package dev.phoenix.server.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder for a database that must not outlive the server. Its owner holds a lock on a file in it,
 * so that the next start can tell the folders of dead servers, which it deletes, from those of
 * living ones.
 */
final class TemporaryFolder {

    private static final String PREFIX = "phoenix-memory-";

    /**
     * Folders of this process. Closing a second channel of a locked file would give up the lock.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private TemporaryFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static TemporaryFolder create() {
        try {
            sweep(Path.of(System.getProperty("java.io.tmpdir")));
            Path path = Files.createTempDirectory(PREFIX);
            OWN.add(path);
            FileChannel lock =
                    FileChannel.open(
                            lockFile(path),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE);
            lock.lock();
            return new TemporaryFolder(path, lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    void delete() {
        try (lock) {
            deleteTree(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OWN.remove(path);
    }

    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                // Without a lock file the folder is about to be used.
                if (!OWN.contains(folder) && Files.isWritable(lockFile(folder))) {
                    deleteIfAbandoned(folder);
                }
            }
        }
    }

    private static void deleteIfAbandoned(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile(folder), StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                deleteTree(folder);
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    private static Path lockFile(Path folder) {
        return folder.resolve("lock");
    }
}
