package dev.phoenix.benchmarks.load;

import io.grpc.MethodDescriptor;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The export call for requests that are encoded already, or are none. */
public final class RawExport implements MethodDescriptor.Marshaller<byte[]> {

    public static final MethodDescriptor<byte[], byte[]> METHOD =
            TraceServiceGrpc.getExportMethod().toBuilder(new RawExport(), new RawExport()).build();

    private RawExport() {}

    @Override
    public InputStream stream(byte[] value) {
        return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
