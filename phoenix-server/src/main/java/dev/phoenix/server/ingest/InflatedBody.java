package dev.phoenix.server.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads a message that may unpack to much more than was sent, reserving memory before it does. */
final class InflatedBody {

    private static final int CHUNK = 64 * 1024;

    private InflatedBody() {}

    /**
     * @param expected how many bytes there will be, if that is known
     */
    static byte[] read(InputStream plain, int expected, int maxBytes, ByteBudget.Reservation memory)
            throws IOException, RequestTooLargeException, OverloadException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(expected, CHUNK));
        byte[] chunk = new byte[CHUNK];
        for (int n = plain.read(chunk); n >= 0; n = plain.read(chunk)) {
            // First, so that what is always too large is never told to come back.
            if (body.size() + (long) n > maxBytes) {
                throw new RequestTooLargeException(
                        "the inflated request", maxBytes, "PHOENIX_MAX_INFLATED_REQUEST_BYTES");
            }
            memory.grow(n);
            body.write(chunk, 0, n);
        }
        return body.toByteArray();
    }
}
