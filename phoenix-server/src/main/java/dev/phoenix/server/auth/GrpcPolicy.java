package dev.phoenix.server.auth;

import dev.phoenix.server.api.ApiException;
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

    GrpcPolicy(PolicyTable policy, Authenticator authenticator) {
        this.policy = policy;
        this.authenticator = authenticator;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String method = call.getMethodDescriptor().getFullMethodName();
        try {
            policy.check(
                    authenticator.authenticate(headers.get(AUTHORIZATION)), Operation.grpc(method));
            return next.startCall(call, headers);
        } catch (ApiException refused) {
            call.close(
                    Status.PERMISSION_DENIED.withDescription(refused.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
