package dev.phoenix.server;

import dev.phoenix.server.settings.NetworkSettings;
import dev.phoenix.server.settings.ObservabilitySettings;
import dev.phoenix.server.settings.Settings;
import dev.phoenix.server.settings.SettingsException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the ports before anything starts: the operator reads which one is taken and which
 * variable moves it.
 */
final class Ports {

    private static final int BACKLOG = 1;
    private static final int ANY = 0;

    private Ports() {}

    /** Checks that every port can be bound, and chooses where 0 was asked for. */
    static Settings resolve(Settings settings) {
        NetworkSettings network = settings.network();
        ObservabilitySettings observability = settings.observability();
        if (network.port() != ANY) {
            requireDifferent(
                    "PHOENIX_PORT", network.port(), "PHOENIX_GRPC_PORT", network.grpcPort());
        }
        // All are held until each is known, so that none is chosen twice.
        List<ServerSocket> bound = new ArrayList<>();
        try {
            List<InetAddress> addresses = network.bindAddresses();
            int port = available("PHOENIX_PORT", network.port(), addresses, bound);
            int grpcPort =
                    settings.api().readOnly()
                            ? network.grpcPort()
                            : available("PHOENIX_GRPC_PORT", network.grpcPort(), addresses, bound);
            int prometheusPort =
                    observability.prometheus()
                            ? available(
                                    "PHOENIX_PROMETHEUS_PORT",
                                    observability.prometheusPort(),
                                    addresses,
                                    bound)
                            : observability.prometheusPort();
            return settings.withPorts(port, grpcPort, prometheusPort);
        } finally {
            bound.forEach(Ports::release);
        }
    }

    /** Binds the port on every address at once. */
    private static int available(
            String variable, int port, List<InetAddress> addresses, List<ServerSocket> bound) {
        int chosen = port;
        for (InetAddress address : addresses) {
            ServerSocket socket = bind(variable, chosen, address);
            bound.add(socket);
            chosen = socket.getLocalPort();
        }
        return chosen;
    }

    private static ServerSocket bind(String variable, int port, InetAddress address) {
        try {
            return new ServerSocket(port, BACKLOG, address);
        } catch (IOException e) {
            String reason =
                    e instanceof BindException && e.getMessage() != null
                            ? e.getMessage()
                            : e.toString();
            throw reason.contains("requested address")
                    ? foreign(address, e)
                    : taken(variable, port, address, reason, e);
        }
    }

    private static SettingsException foreign(InetAddress address, IOException cause) {
        return new SettingsException(
                "PHOENIX_HOST must be an address of this machine, was %s: set one that is, or 0.0.0.0 for all."
                        .formatted(address.getHostAddress()),
                cause);
    }

    private static SettingsException taken(
            String variable, int port, InetAddress address, String reason, IOException cause) {
        return new SettingsException(
                "%s is %d, which cannot be bound on %s (%s): stop what uses it or set %s to a free port."
                        .formatted(variable, port, address.getHostAddress(), reason, variable),
                cause);
    }

    private static void requireDifferent(String first, int port, String second, int otherPort) {
        if (port == otherPort) {
            throw new SettingsException(
                    "%s and %s are both %d, but HTTP and gRPC need a port each: change one of them."
                            .formatted(first, second, port));
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port " + socket.getLocalPort() + " cannot be released", e);
        }
    }
}
