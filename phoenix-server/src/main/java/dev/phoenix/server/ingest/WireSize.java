package dev.phoenix.server.ingest;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;

/** How many bytes of the current gRPC call came over the wire, before decompression. */
final class WireSize extends ServerStreamTracer {

    private static final Context.Key<WireSize> CURRENT = Context.key("wire-size");

    private volatile long bytes;

    /** Zero outside a call. */
    static long current() {
        WireSize size = CURRENT.get();
        return size == null ? 0 : size.bytes;
    }

    static Factory factory() {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new WireSize();
            }
        };
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // Only the transport's thread writes.
    public void inboundWireSize(long more) {
        bytes += more;
    }
}
