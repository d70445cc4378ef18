package dev.phoenix.server.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails as soon as more bytes arrive than are taken. */
final class CappedStream extends FilterInputStream {

    private final Excess excess;
    private long left;

    /**
     * @param excess told of the first byte too many; throws what the reader shall get
     */
    CappedStream(InputStream in, long maxBytes, Excess excess) {
        super(in);
        this.left = maxBytes;
        this.excess = excess;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        count(Math.max(n, 0));
        return n;
    }

    private void count(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            excess.refuse();
        }
    }

    /** What to do about too many bytes. */
    @FunctionalInterface
    interface Excess {

        void refuse() throws IOException;
    }
}
