package dev.phoenix.server.ingest;

import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/** How messages over gRPC may be compressed: as over HTTP. */
final class GrpcEncodings {

    private GrpcEncodings() {}

    /** What gRPC reads anyway, which is identity and gzip, and the others. */
    static DecompressorRegistry all() {
        return DecompressorRegistry.getDefaultInstance()
                .with(encoding("deflate", InflaterInputStream::new), true)
                .with(encoding("zstd", Zstd::open), true);
    }

    private static Decompressor encoding(String name, Opening opening) {
        return new Decompressor() {
            @Override
            public String getMessageEncoding() {
                return name;
            }

            @Override
            public InputStream decompress(InputStream message) throws IOException {
                return opening.open(message);
            }
        };
    }

    @FunctionalInterface
    private interface Opening {

        InputStream open(InputStream compressed) throws IOException;
    }
}
