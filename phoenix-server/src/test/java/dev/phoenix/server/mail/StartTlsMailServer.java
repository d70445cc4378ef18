package dev.phoenix.server.mail;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that begins in the clear and offers STARTTLS, or only pretends to: GreenMail knows
 * plain text and TLS from the first byte alone.
 */
final class StartTlsMailServer implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final ServerSocket listener;
    private final boolean upgrades;

    /** What was said before and after the upgrade. */
    final List<String> plain = new CopyOnWriteArrayList<>();

    final List<String> encrypted = new CopyOnWriteArrayList<>();

    private StartTlsMailServer(ServerSocket listener, boolean upgrades) {
        this.listener = listener;
        this.upgrades = upgrades;
    }

    static StartTlsMailServer start(boolean upgrades) {
        try {
            var server =
                    new StartTlsMailServer(
                            new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), upgrades);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            answer(client, "220 ready");
            if (talk(client, plain, true)) {
                SSLContext tls = context();
                try (SSLSocket secured =
                        (SSLSocket)
                                tls.getSocketFactory()
                                        .createSocket(
                                                client, "localhost", client.getPort(), true)) {
                    secured.setUseClientMode(false);
                    talk(secured, encrypted, false);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            // The client went away, which the tests see by themselves.
        }
    }

    /** Until the connection ends, or is to be upgraded. */
    private boolean talk(Socket socket, List<String> heard, boolean offer) throws IOException {
        // One byte at a time, so that nothing of the handshake is swallowed.
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1);
        boolean data = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            heard.add(line);
            if (data) {
                data = !line.equals(".");
                if (!data) {
                    answer(socket, "250 taken");
                }
                continue;
            }
            switch (line.split(" ")[0]) {
                case "EHLO" -> answer(socket, offer ? "250-hello\r\n250 STARTTLS" : "250 hello");
                case "STARTTLS" -> {
                    answer(socket, upgrades ? "220 go ahead" : "454 not now");
                    if (upgrades) {
                        return true;
                    }
                }
                case "DATA" -> {
                    data = true;
                    answer(socket, "354 go on");
                }
                case "QUIT" -> answer(socket, "221 bye");
                default -> answer(socket, "250 fine");
            }
        }
        return false;
    }

    private static void answer(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file =
                Objects.requireNonNull(
                        DummySSLServerSocketFactory.class.getResourceAsStream("/greenmail.p12"))) {
            keys.load(file, PASSWORD);
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
