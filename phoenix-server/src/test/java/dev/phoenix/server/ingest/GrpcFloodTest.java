package dev.phoenix.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.phoenix.server.kit.ServerTest;
import dev.phoenix.server.kit.TestServer;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A client that begins calls only to cancel them, faster than any exporter would. */
@ServerTest
class GrpcFloodTest {

    private static final int CALLS = 5_000;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;

    private final TestServer server;

    GrpcFloodTest(TestServer server) {
        this.server = server;
    }

    @Test
    void rapidReset_endsTheConnectionAndNothingElse() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.grpcPort())) {
            socket.setSoTimeout(20_000);
            assertThat(isClosedAfter(socket)).isTrue();
        }
        Transport.GRPC.send(
                server, Spans.request(server.projectName(), Spans.span(Spans.id(16), "after")));
    }

    private static boolean isClosedAfter(Socket socket) throws IOException {
        try (OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(out, SETTINGS, 0, 0, new byte[0]);
            for (int call = 0; call < CALLS; call++) {
                int stream = 2 * call + 1;
                frame(out, HEADERS, END_HEADERS, stream, headers());
                frame(out, RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            }
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] ignored = new byte[8192];
            while (in.read(ignored) >= 0) {
                // What the server says before it hangs up.
            }
            return true;
        } catch (SocketException e) {
            // It hung up while it was still being written to.
            return true;
        }
    }

    private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        DataOutputStream frame = new DataOutputStream(out);
        frame.writeByte(payload.length >> 16);
        frame.writeShort(payload.length);
        frame.writeByte(type);
        frame.writeByte(flags);
        frame.writeInt(stream);
        frame.write(payload);
    }

    /** Of an export: method and scheme by their place in the static table, the rest in letters. */
    private static byte[] headers() throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83);
        block.write(0x86);
        literal(block, 4, "/opentelemetry.proto.collector.trace.v1.TraceService/Export");
        literal(block, 1, "localhost");
        block.write(0x0f);
        block.write(31 - 15);
        text(block, "application/grpc");
        block.write(0);
        text(block, "te");
        text(block, "trailers");
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, int name, String value)
            throws IOException {
        block.write(name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String value) throws IOException {
        block.write(value.length());
        block.write(value.getBytes(StandardCharsets.US_ASCII));
    }
}
