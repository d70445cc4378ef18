package dev.phoenix.server.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One at a time, across processes (the system frees the file's lock when one dies) and within this
 * one.
 */
final class FileTurn implements AutoCloseable {

    private static final ReentrantLock WITHIN_THIS_PROCESS = new ReentrantLock();

    private final FileChannel channel;

    private FileTurn(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the turn. The file stays: deleting it would let two hold it at once. */
    static FileTurn take(Path file) {
        WITHIN_THIS_PROCESS.lock();
        boolean taken = false;
        try {
            FileChannel channel = PrivateFiles.openToLock(file);
            channel.lock();
            taken = true;
            return new FileTurn(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!taken) {
                WITHIN_THIS_PROCESS.unlock();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            WITHIN_THIS_PROCESS.unlock();
        }
    }
}
