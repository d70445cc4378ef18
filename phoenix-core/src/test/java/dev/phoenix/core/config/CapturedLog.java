package dev.phoenix.core.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is said to the log while this is open; everything may be said once more. */
final class CapturedLog extends Handler implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger("phoenix.config");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    CapturedLog() {
        Notices.forget();
        LOGGER.addHandler(this);
        LOGGER.setUseParentHandlers(false);
    }

    List<String> warnings() {
        return messages(Level.WARNING);
    }

    List<String> infos() {
        return messages(Level.INFO);
    }

    private List<String> messages(Level level) {
        return records.stream()
                .filter(entry -> entry.getLevel().equals(level))
                .map(LogRecord::getMessage)
                .toList();
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
    }
}
