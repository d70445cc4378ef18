package dev.phoenix.server.ingest;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
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

    /** What gRPC reads anyway, and this. */
    static DecompressorRegistry grpc() {
        return DecompressorRegistry.getDefaultInstance()
                .with(
                        new Decompressor() {
                            @Override
                            public String getMessageEncoding() {
                                return "zstd";
                            }

                            @Override
                            public InputStream decompress(InputStream message) throws IOException {
                                return open(message);
                            }
                        },
                        true);
    }
}
