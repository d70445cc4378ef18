package dev.phoenix.server.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files that only this user may read, where the file system knows users: traces hold what
 * people wrote. What exists keeps the rights its owner gave it.
 */
final class PrivateFiles {

    private PrivateFiles() {}

    static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, onlyOwner(folder, "rwx------"));
        }
    }

    /** SQLite gives the files it keeps beside a database the rights of the database. */
    static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, onlyOwner(file, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            // Kept as it is; another server may have been faster.
        }
    }

    static FileChannel openToLock(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                onlyOwner(file, "rw-------"));
    }

    private static FileAttribute<?>[] onlyOwner(Path path, String rights) {
        boolean hasRights = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasRights
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
                }
                : new FileAttribute<?>[0];
    }
}
