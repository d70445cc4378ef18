package dev.phoenix.server.ingest;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/** Zstandard as senders may compress with it. */
final class Zstd {

    /** What RFC 8878 asks every decoder to support; a body that wants more is refused. */
    private static final int WINDOW_LOG = 23;

    static final long WINDOW_BYTES = 1L << WINDOW_LOG;

    private Zstd() {}

    /** Close it: the window is not on the heap. */
    static InputStream open(InputStream compressed) throws IOException {
        return new ZstdInputStreamNoFinalizer(compressed).setLongMax(WINDOW_LOG);
    }
}
