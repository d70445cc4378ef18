package dev.phoenix.benchmarks.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phoenix.benchmarks.fault.Network.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private ServerSocket echo;
    private Network network;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
        network = new Network(echo.getLocalPort(), Duration.ofMinutes(1));
    }

    @AfterEach
    void stop() throws IOException {
        network.close();
        echo.close();
    }

    @Test
    void bytes_pass() throws IOException {
        try (Socket socket = connect()) {
            assertThat(exchange(socket)).isEqualTo(1);
        }
    }

    @Test
    void connection_is_reset_after_some_bytes() throws IOException {
        try (Socket socket = connect()) {
            exchange(socket);
            network.breakAfter(1, Direction.TO_SERVER);
            assertThat(exchange(socket)).isEqualTo(1);
            assertThatThrownBy(() -> exchange(socket)).isInstanceOf(IOException.class);
            assertThat(network.broken()).isEqualTo(1);
        }
        try (Socket socket = connect()) {
            assertThat(exchange(socket)).isEqualTo(1);
        }
    }

    @Test
    void silence_is_not_told_and_ends_for_new_connections_only() throws IOException {
        try (Socket socket = connect()) {
            exchange(socket);
            network.fallSilent();
            assertThatThrownBy(() -> exchange(socket)).isInstanceOf(SocketTimeoutException.class);
            network.speak();
            assertThatThrownBy(() -> exchange(socket)).isInstanceOf(SocketTimeoutException.class);
        }
        try (Socket socket = connect()) {
            assertThat(exchange(socket)).isEqualTo(1);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), network.port());
        socket.setSoTimeout(500);
        return socket;
    }

    private static int exchange(Socket socket) throws IOException {
        socket.getOutputStream().write(1);
        return socket.getInputStream().read();
    }

    private void answer() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException closed) {
            // As it should be.
        }
    }
}
