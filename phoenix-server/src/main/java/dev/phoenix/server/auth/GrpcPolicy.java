package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.db.StorageLock;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Checks every gRPC call before its handler runs. */
final class GrpcPolicy implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final Logger log = LoggerFactory.getLogger(GrpcPolicy.class);

    private final PolicyTable policy;
    private final Authenticator authenticator;
    private final StorageGate storage;

    GrpcPolicy(PolicyTable policy, Authenticator authenticator, StorageGate storage) {
        this.policy = policy;
        this.authenticator = authenticator;
        this.storage = storage;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        Operation operation = Operation.grpc(method);
        try {
            policy.check(authenticator.authenticate(first(headers), null), operation);
        } catch (ApiException refused) {
            return refuse(call, status(refused));
        } catch (DataAccessException e) {
            log.warn("who calls {} cannot be looked up: {}", method, e.getMessage());
            return refuse(
                    call,
                    Status.UNAVAILABLE.withDescription("the database does not answer; try again"));
        }
        return storage.refuses(operation)
                ? refuse(call, Status.RESOURCE_EXHAUSTED.withDescription(StorageLock.MESSAGE))
                : next.startCall(call, headers);
    }

    /** If several were sent, the first decides. */
    private static @Nullable String first(Metadata headers) {
        Iterable<String> values = headers.getAll(AUTHORIZATION);
        return values == null ? null : values.iterator().next();
    }

    /** Strangers learn nothing of what is wrong with what they have shown. */
    private static Status status(ApiException refused) {
        return refused.status() == HttpStatus.UNAUTHORIZED
                ? Status.UNAUTHENTICATED
                : Status.PERMISSION_DENIED.withDescription(refused.getMessage());
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
