package dev.phoenix.server.ingest;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one gRPC call holds in memory. Bytes count from the moment they arrive, before anything is
 * inflated or parsed: a message is only seen whole, and many may be under way.
 */
final class InboundCall extends ServerStreamTracer {

    private static final Context.Key<InboundCall> CURRENT = Context.key("inbound-call");

    private final long maxBytes;
    private final ByteBudget.Reservation wire;
    private final ByteBudget.Reservation message;
    private long received;
    private volatile boolean refused;
    private volatile boolean handled;
    private volatile @Nullable ServerCall<?, ?> call;

    private InboundCall(ByteBudget budget, long maxBytes) {
        this.maxBytes = maxBytes;
        this.wire = budget.reserve();
        this.message = budget.reserve();
    }

    static Factory factory(ByteBudget budget, long maxBytes) {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new InboundCall(budget, maxBytes);
            }
        };
    }

    /** Lets calls be refused while their message is still being received. */
    static ServerInterceptor interceptor() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                current().call = call;
                return next.startCall(call, headers);
            }
        };
    }

    static InboundCall current() {
        return Objects.requireNonNull(CURRENT.get(), "not within a gRPC call");
    }

    @Override
    public Context filterContext(Context context) {
        return context.withValue(CURRENT, this);
    }

    /** Called by the transport's thread, for each part of a message. */
    @Override
    public void inboundWireSize(long bytes) {
        if (refused) {
            return;
        }
        received += bytes;
        if (received > maxBytes) {
            var tooLarge =
                    new RequestTooLargeException(
                            "the request", maxBytes, "PHOENIX_MAX_REQUEST_BYTES");
            refuse(OtlpGrpcErrors.tooLarge(tooLarge));
            return;
        }
        try {
            wire.hold(bytes);
        } catch (OverloadException e) {
            refuse(OtlpGrpcErrors.retryLater(e));
        }
    }

    private void refuse(StatusRuntimeException answer) {
        refused = true;
        wire.close();
        ServerCall<?, ?> refusedCall = Objects.requireNonNull(call);
        Metadata trailers = answer.getTrailers();
        refusedCall.close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    /** Whether the sender has its answer already. */
    boolean isRefused() {
        return refused;
    }

    /** For the message, which takes the place of the bytes it is read from. */
    ByteBudget.Reservation reading() {
        wire.close();
        return message;
    }

    /** From now on the caller gives the message's memory back, whether or not the call goes on. */
    ByteBudget.Reservation handle() {
        handled = true;
        return message;
    }

    @Override
    public void streamClosed(Status status) {
        wire.close();
        if (!handled) {
            message.close();
        }
    }
}
