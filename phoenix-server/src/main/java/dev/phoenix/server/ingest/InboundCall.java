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

    /** Of what is received compressed, as it is by most. */
    private static final long TYPICAL_RATIO = 4;

    private static final Context.Key<InboundCall> CURRENT = Context.key("inbound-call");

    private final long maxBytes;
    private final Turns turns;
    private final ByteBudget.Reservation wire;
    private final ByteBudget.Reservation message;
    private long received;
    private Turns.@Nullable Turn turn;
    private boolean over;
    private volatile boolean refused;
    private volatile boolean handled;
    private volatile @Nullable ServerCall<?, ?> call;

    private InboundCall(ByteBudget budget, Turns turns, long maxBytes) {
        this.maxBytes = maxBytes;
        this.turns = turns;
        this.wire = budget.reserve();
        this.message = budget.reserve();
    }

    static Factory factory(ByteBudget budget, Turns turns, long maxBytes) {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new InboundCall(budget, turns, maxBytes);
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

    /**
     * Waits until the message may be unpacked.
     *
     * @return for the message, which takes the place of the bytes it is read from
     */
    ByteBudget.Reservation reading() throws OverloadException {
        keep(turns.await(received * TYPICAL_RATIO));
        wire.close();
        return message;
    }

    private synchronized void keep(Turns.Turn own) throws OverloadException {
        if (over) {
            own.close();
            throw new OverloadException("the request is over");
        }
        turn = own;
    }

    /** From now on the caller gives back what the call holds, whether or not the call goes on. */
    Held handle() {
        handled = true;
        return new Held();
    }

    @Override
    public void streamClosed(Status status) {
        wire.close();
        if (!handled) {
            release();
        }
    }

    private synchronized void release() {
        over = true;
        message.close();
        if (turn != null) {
            turn.close();
        }
    }

    /** Memory of a message and the turn to work on it. */
    final class Held implements AutoCloseable {

        private Held() {}

        @Override
        public void close() {
            release();
        }
    }
}
