package dev.phoenix.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Looks for the nearest trusted {@code .env.phoenix} from a folder upwards, once per folder. */
final class EnvFileDiscovery {

    private static final Map<Path, Optional<EnvFile>> FOUND = new ConcurrentHashMap<>();

    private EnvFileDiscovery() {}

    static Optional<EnvFile> from(Path folder, FileOwner owner) {
        return FOUND.computeIfAbsent(folder, start -> search(start, owner));
    }

    static void forget() {
        FOUND.clear();
    }

    private static Optional<EnvFile> search(Path start, FileOwner owner) {
        if (!Files.isDirectory(start)) {
            return Optional.empty();
        }
        for (Path folder = start.toAbsolutePath().normalize();
                folder != null;
                folder = folder.getParent()) {
            Path candidate = folder.resolve(EnvFile.NAME);
            if (Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    return Optional.of(
                            EnvFile.parse(candidate, TrustedFile.read(candidate, owner)));
                } catch (UntrustedFileException e) {
                    Notices.warn(candidate + " is ignored: " + e.getMessage());
                } catch (IOException e) {
                    Notices.warn(candidate + " is ignored: it cannot be read");
                }
            }
        }
        return Optional.empty();
    }
}
