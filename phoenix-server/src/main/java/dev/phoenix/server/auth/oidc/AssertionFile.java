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

    static String read(Secret file) throws LoginFailure {
        byte[] content = bytes(file);
        if (content.length > MOST_BYTES) {
            throw refusal("is larger than " + MOST_BYTES + " bytes");
        }
        try {
            String token =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString()
                            .strip();
            if (token.isEmpty()) {
                throw refusal("is empty");
            }
            return token;
        } catch (CharacterCodingException _) {
            throw refusal("is not text");
        }
    }

    private static byte[] bytes(Secret file) throws LoginFailure {
        try {
            Path path = Path.of(file.reveal());
            // Opening a pipe would wait for somebody to write into it.
            if (!Files.isRegularFile(path)) {
                throw refusal("is not there, or no regular file");
            }
            try (InputStream content = Files.newInputStream(path)) {
                return content.readNBytes(MOST_BYTES + 1);
            }
        } catch (InvalidPathException | IOException _) {
            throw refusal("cannot be read");
        }
    }

    /** Without a cause, whose message would be the path. */
    private static LoginFailure refusal(String reason) {
        return new LoginFailure(
                LoginError.AUTH_FAILED, "the file with the client assertion " + reason);
    }
}
