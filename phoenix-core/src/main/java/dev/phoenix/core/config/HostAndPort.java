package dev.phoenix.core.config;

import static dev.phoenix.core.config.Variable.PHOENIX_HOST;
import static dev.phoenix.core.config.Variable.PHOENIX_PORT;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address a server on the same machine would bind to, read as the address to reach it. */
final class HostAndPort {

    private static final int DEFAULT_PORT = 6006;
    private static final Pattern WITH_PORT = Pattern.compile("([^:]+|\\[.+]):(\\d+)");

    private HostAndPort() {}

    static Optional<Sourced<URI>> url(Tier tier) {
        Optional<Sourced<String>> host = tier.get(PHOENIX_HOST);
        if (host.isEmpty()) {
            return tier.get(PHOENIX_PORT)
                    .flatMap(HostAndPort::port)
                    .map(port -> port.map(number -> URI.create("http://localhost:" + number)));
        }
        String text = host.get().value();
        if (text.contains("://")) {
            return usable(host.get(), text);
        }
        Matcher withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) {
            return usable(
                    host.get(), "http://" + reachable(withPort.group(1)) + ":" + withPort.group(2));
        }
        int port =
                tier.get(PHOENIX_PORT)
                        .flatMap(HostAndPort::port)
                        .map(Sourced::value)
                        .orElse(DEFAULT_PORT);
        return usable(host.get(), "http://" + reachable(text) + ":" + port);
    }

    /** A port from code or process must be right; a wrong one from a file is passed over. */
    static Optional<Sourced<Integer>> port(Sourced<String> text) {
        Optional<Integer> port = number(text.value());
        String rule = " must be a port from 1 to 65535";
        if (port.isEmpty() && !text.isFromFile()) {
            throw new PhoenixConfigException(text.source() + rule + ", was " + text.value());
        }
        if (port.isEmpty()) {
            Notices.warn(text.source() + " is ignored: it" + rule);
        }
        return port.map(number -> new Sourced<>(number, text.source()));
    }

    private static Optional<Integer> number(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port <= 0xffff ? Optional.of(port) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Sourced<URI>> usable(Sourced<String> host, String url) {
        Optional<URI> parsed = Endpoints.url(url);
        if (parsed.isEmpty()) {
            Notices.warn(host.source() + " is ignored: it is not a host name, host:port or URL");
        }
        return parsed.map(uri -> new Sourced<>(uri, host.source()));
    }

    /** All interfaces is a place to listen, not one to connect to. */
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
