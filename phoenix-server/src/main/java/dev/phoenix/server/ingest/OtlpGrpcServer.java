package dev.phoenix.server.ingest;

import dev.phoenix.server.settings.ApiSettings;
import dev.phoenix.server.settings.IngestSettings;
import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.SettingsException;
import dev.phoenix.server.tls.Listeners;
import dev.phoenix.server.tls.ServerIdentity;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The gRPC port: every {@link BindableService} behind every {@link ServerInterceptor}, on virtual
 * threads.
 */
@Component
public class OtlpGrpcServer implements SmartLifecycle {

    /** Each may have received a window of bytes before it is known to be worth reading. */
    private static final int MAX_CALLS_PER_CONNECTION = 32;

    private static final int GRACE_SECONDS = 5;

    /** Connections whose clients begin and cancel calls faster are closed: each costs work. */
    private static final int MAX_CANCELLATIONS = 1000;

    private static final int CANCELLATION_SECONDS = 60;

    private final NetworkSettings network;
    private final IngestSettings limits;
    private final ApiSettings api;
    private final ByteBudget memory;
    private final Optional<ServerIdentity> identity;
    private final Turns turns;
    private final List<BindableService> services;
    private final List<ServerInterceptor> interceptors;
    private @Nullable Server server;
    private @Nullable ExecutorService executor;

    OtlpGrpcServer(
            NetworkSettings network,
            IngestSettings limits,
            ApiSettings api,
            ByteBudget memory,
            Listeners tls,
            Turns turns,
            ObjectProvider<BindableService> services,
            ObjectProvider<ServerInterceptor> interceptors) {
        this.network = network;
        this.limits = limits;
        this.api = api;
        this.memory = memory;
        this.identity = tls.grpc();
        this.turns = turns;
        this.services = services.orderedStream().toList();
        this.interceptors = interceptors.orderedStream().toList();
    }

    @Override
    public boolean isAutoStartup() {
        return !api.readOnly();
    }

    @Override
    public void start() {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        List<InetAddress> addresses = network.bindAddresses();
        int port = network.grpcPort();
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(addresses.getFirst(), port), credentials())
                        .executor(threads)
                        .decompressorRegistry(GrpcEncodings.all())
                        // InboundCall and BodyBytes limit both sizes, and tell how.
                        .maxInboundMessageSize(Integer.MAX_VALUE)
                        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
                        .maxRstFramesPerWindow(MAX_CANCELLATIONS, CANCELLATION_SECONDS)
                        .addStreamTracerFactory(
                                InboundCall.factory(memory, turns, limits.maxRequestBytes()));
        // An ephemeral port differs per address, so there only the first is bound.
        if (port != 0) {
            addresses.stream()
                    .skip(1)
                    .forEach(
                            address ->
                                    builder.addListenAddress(new InetSocketAddress(address, port)));
        }
        services.forEach(builder::addService);
        interceptors.forEach(builder::intercept);
        builder.intercept(InboundCall.interceptor());
        executor = threads;
        try {
            server = builder.build().start();
        } catch (IOException e) {
            threads.shutdown();
            throw new SettingsException(
                    "Port %d for OTLP over gRPC is not available: stop what uses it, or set PHOENIX_GRPC_PORT."
                            .formatted(port),
                    e);
        }
    }

    private ServerCredentials credentials() {
        if (identity.isEmpty()) {
            return InsecureServerCredentials.create();
        }
        var credentials =
                TlsServerCredentials.newBuilder().keyManager(identity.get().keyManagers());
        identity.get()
                .trustManagers()
                .ifPresent(
                        authorities ->
                                credentials
                                        .trustManager(authorities)
                                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE));
        return credentials.build();
    }

    /** The port bound, which is not the configured one when that is 0; -1 while not running. */
    public int port() {
        return server == null ? -1 : server.getPort();
    }

    @Override
    public void stop() {
        if (server == null || executor == null) {
            return;
        }
        server.shutdown();
        try {
            if (!server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        executor.shutdown();
        server = null;
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /** After the committer, which it feeds; stopped before it. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE / 2;
    }
}
