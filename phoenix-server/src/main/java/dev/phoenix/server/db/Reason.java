package dev.phoenix.server.db;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What went wrong, short enough for the middle of a sentence. */
final class Reason {

    private Reason() {}

    static String of(Throwable problem) {
        return switch (problem) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException file when file.getReason() != null ->
                    file.getFile() + ": " + file.getReason();
            case FileSystemException file -> file.getFile() + " cannot be created";
            default -> firstSentence(problem);
        };
    }

    private static String firstSentence(Throwable problem) {
        String message = problem.getMessage();
        if (message == null) {
            return problem.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse("");
        int end = line.indexOf(". ");
        return (end < 0 ? line : line.substring(0, end)).replaceAll("[.\\s]+$", "");
    }
}
