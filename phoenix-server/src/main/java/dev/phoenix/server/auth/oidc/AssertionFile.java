package dev.phoenix.server.auth.oidc;

import dev.phoenix.server.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads the token that shows a provider who this server is, anew each time: somebody else replaces
 * it before it expires. No failure names the path, which may come from a variable of others.
 */
final class AssertionFile {

    private static final int MOST_BYTES = 64 * 1024;

    private AssertionFile() {}

    static String read(Secret file) throws IOException {
        byte[] content = bytes(file);
        if (content.length > MOST_BYTES) {
            throw new IOException("the client assertion is larger than " + MOST_BYTES + " bytes");
        }
        try {
            String token =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString()
                            .strip();
            if (token.isEmpty()) {
                throw new IOException("the client assertion is empty");
            }
            return token;
        } catch (CharacterCodingException _) {
            throw new IOException("the client assertion is not text");
        }
    }

    private static byte[] bytes(Secret file) throws IOException {
        try {
            Path path = Path.of(file.reveal());
            // Opening a pipe would wait for somebody to write into it.
            if (!Files.isRegularFile(path)) {
                throw new IOException("the client assertion is not a file");
            }
            try (InputStream content = Files.newInputStream(path)) {
                return content.readNBytes(MOST_BYTES + 1);
            }
        } catch (InvalidPathException | java.nio.file.FileSystemException _) {
            throw new IOException("the client assertion cannot be read");
        }
    }
}
