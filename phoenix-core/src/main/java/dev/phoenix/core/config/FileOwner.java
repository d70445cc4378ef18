package dev.phoenix.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** Tells whether a file belongs to the user this process runs as. */
@FunctionalInterface
interface FileOwner {

    FileOwner CURRENT_USER = path -> Files.getOwner(path).equals(currentUser(path));

    boolean isCurrentUser(Path path) throws IOException;

    /** On Linux /proc/self belongs to the effective user, also where that user has no name. */
    private static UserPrincipal currentUser(Path path) throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self)
                ? Files.getOwner(self)
                : path.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }
}
