package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.db.StorageLock;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Checks every gRPC call before its handler runs. */
final class GrpcPolicy implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

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
            policy.check(authenticator.authenticate(headers.get(AUTHORIZATION)), operation);
        } catch (ApiException refused) {
            return refuse(call, Status.PERMISSION_DENIED, refused.getMessage());
        }
        return storage.refuses(operation)
                ? refuse(call, Status.RESOURCE_EXHAUSTED, StorageLock.MESSAGE)
                : next.startCall(call, headers);
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(
            ServerCall<Q, A> call, Status status, String reason) {
        call.close(status.withDescription(reason), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
