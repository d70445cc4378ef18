package dev.phoenix.core.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

/**
 * Reads a file that decides where credentials go. It must be a regular file of the current user, at
 * most 64 KiB of UTF-8, and the same file before and after it was opened.
 */
final class TrustedFile {

    static final int MAX_BYTES = 64 * 1024;

    private static final Set<PosixFilePermission> PRIVATE =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE);

    private TrustedFile() {}

    static String read(Path path, FileOwner owner) throws IOException, UntrustedFileException {
        Path real = path.toRealPath();
        BasicFileAttributes before = attributes(real);
        require(before.isRegularFile(), "it is not a regular file");
        require(before.size() <= MAX_BYTES, "it is larger than 64 KiB");
        PosixFileAttributeView posix =
                Files.getFileAttributeView(
                        real, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        require(posix == null || owner.isCurrentUser(real), "it belongs to another user");
        String text = decode(content(real, before));
        if (posix != null && !PRIVATE.containsAll(posix.readAttributes().permissions())) {
            Notices.warn(path + " can be read or changed by other users; run: chmod 600 " + path);
        }
        return text;
    }

    private static ByteBuffer content(Path real, BasicFileAttributes before)
            throws IOException, UntrustedFileException {
        ByteBuffer content = ByteBuffer.allocate(MAX_BYTES + 1);
        try (SeekableByteChannel channel =
                Files.newByteChannel(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            require(
                    Objects.equals(before.fileKey(), attributes(real).fileKey()),
                    "it was replaced while it was being read");
            while (content.hasRemaining() && channel.read(content) >= 0) {}
        }
        require(content.position() <= MAX_BYTES, "it is larger than 64 KiB");
        return content.flip();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static String decode(ByteBuffer content) throws UntrustedFileException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
        } catch (CharacterCodingException e) {
            throw new UntrustedFileException("it is not valid UTF-8");
        }
    }

    private static void require(boolean condition, String reason) throws UntrustedFileException {
        if (!condition) {
            throw new UntrustedFileException(reason);
        }
    }
}
