package dev.phoenix.server.settings;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the server listens and how it is reached.
 *
 * @param host bind address of HTTP and gRPC; without one both listen on the loopback addresses only
 * @param rootPath prefix a proxy puts before every path, empty or like {@code /phoenix}
 * @param rootUrl how users reach the server, when it cannot be derived from the request
 */
public record NetworkSettings(
        Optional<String> host, int port, int grpcPort, String rootPath, Optional<URI> rootUrl) {

    public static final int DEFAULT_PORT = 6006;
    public static final int DEFAULT_GRPC_PORT = 4317;

    static NetworkSettings read(SettingsReader reader) {
        return new NetworkSettings(
                reader.text("PHOENIX_HOST"),
                reader.port("PHOENIX_PORT", DEFAULT_PORT),
                reader.port("PHOENIX_GRPC_PORT", DEFAULT_GRPC_PORT),
                reader.text("PHOENIX_HOST_ROOT_PATH")
                        .map(NetworkSettings::checkRootPath)
                        .orElse(""),
                reader.url("PHOENIX_ROOT_URL"));
    }

    /**
     * The addresses to bind: the configured host, or 127.0.0.1 and (where the machine has it) ::1.
     */
    public List<InetAddress> bindAddresses() {
        try {
            if (host.isPresent()) {
                return List.of(InetAddress.getByName(host.get()));
            }
            InetAddress ipv4 = InetAddress.getByName("127.0.0.1");
            InetAddress ipv6 = InetAddress.getByName("::1");
            return Stream.of(ipv4, ipv6).filter(NetworkSettings::isAvailable).toList();
        } catch (UnknownHostException e) {
            throw new SettingsException(
                    "PHOENIX_HOST must be an address of this machine, but '%s' cannot be resolved: set it to an IP address, or to 0.0.0.0 for all."
                            .formatted(host.orElse("")),
                    e);
        }
    }

    /** A name to type: nobody can connect to 0.0.0.0. */
    public String shownHost() {
        InetAddress address = bindAddresses().getFirst();
        return address.isAnyLocalAddress() || address.isLoopbackAddress()
                ? "localhost"
                : host.orElseThrow();
    }

    /** Whether other machines can reach the server. */
    public boolean isPublic() {
        return bindAddresses().stream().anyMatch(address -> !address.isLoopbackAddress());
    }

    /**
     * Whether links, which begin with the root URL, and pages, which begin with the root path, lead
     * to different places.
     */
    public boolean isAtTwoPaths() {
        return rootUrl.filter(url -> !url.getRawPath().replaceFirst("/+$", "").equals(rootPath))
                .isPresent();
    }

    NetworkSettings withPorts(int newPort, int newGrpcPort) {
        return new NetworkSettings(host, newPort, newGrpcPort, rootPath, rootUrl);
    }

    private static boolean isAvailable(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static String checkRootPath(String path) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new SettingsException(
                    "PHOENIX_HOST_ROOT_PATH must start with / and must not end with /, was '%s': write it like /phoenix."
                            .formatted(path));
        }
        return path;
    }
}
