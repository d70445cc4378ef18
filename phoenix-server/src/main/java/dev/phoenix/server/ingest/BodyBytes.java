package dev.phoenix.server.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads bodies whose size is known when they have been read, reserving memory before they are. */
final class BodyBytes {

    private static final int SMALLEST = 8 * 1024;

    /** Of an array. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private BodyBytes() {}

    /** A body as it was sent. */
    static byte[] received(InputStream wire, int maxBytes, ByteBudget.Reservation memory)
            throws IOException, RequestTooLargeException, OverloadException {
        Limit limit = new Limit("the request", maxBytes, "PHOENIX_MAX_REQUEST_BYTES");
        return read(wire, 0, limit, memory::hold);
    }

    /**
     * A message that may unpack to much more than was sent.
     *
     * @param expected how many bytes there will be, or about, or 0
     */
    static byte[] inflated(
            InputStream plain, int expected, int maxBytes, ByteBudget.Reservation memory)
            throws IOException, RequestTooLargeException, OverloadException {
        return read(plain, expected, inflatedLimit(maxBytes), memory::grow);
    }

    /** A message that arrived unpacked. */
    static byte[] plain(byte[] message, int maxBytes, ByteBudget.Reservation memory)
            throws RequestTooLargeException, OverloadException {
        inflatedLimit(maxBytes).check(message.length);
        memory.grow(message.length);
        return message;
    }

    private static Limit inflatedLimit(int maxBytes) {
        return new Limit("the inflated request", maxBytes, "PHOENIX_MAX_INFLATED_REQUEST_BYTES");
    }

    private static byte[] read(InputStream in, int expected, Limit limit, Holder memory)
            throws IOException, RequestTooLargeException, OverloadException {
        // One more, so that the end is found without growing.
        byte[] body = new byte[Math.max(expected, SMALLEST) + 1];
        int size = 0;
        for (int n = in.read(body); n >= 0; n = in.read(body, size, body.length - size)) {
            // First, so that what is always too large is never told to come back.
            limit.check(size + (long) n);
            memory.hold(n);
            size += n;
            if (size == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(2L * size, LARGEST));
            }
        }
        return Arrays.copyOf(body, size);
    }

    private record Limit(String what, int maxBytes, String variable) {

        void check(long bytes) throws RequestTooLargeException {
            if (bytes > maxBytes) {
                throw new RequestTooLargeException(what, maxBytes, variable);
            }
        }
    }

    @FunctionalInterface
    private interface Holder {

        void hold(long bytes) throws OverloadException;
    }
}
