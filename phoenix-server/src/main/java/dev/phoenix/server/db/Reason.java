package dev.phoenix.server.db;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What went wrong, short enough for the middle of a sentence. */
final class Reason {

    private Reason() {}

    static String of(Throwable problem) {
        if (problem instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (problem instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
            return fileSystem.getFile() + ": " + fileSystem.getReason();
        }
        String message = problem.getMessage();
        return message == null
                ? problem.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").replaceAll("[.\\s]+$", "");
    }
}
