package dev.phoenix.benchmarks.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A way to a server of this machine that can be made slow, silent or short. */
final class Network implements AutoCloseable {

    /** As much as is under way at a time, so that latency costs time and not bandwidth. */
    private static final int BUFFER = 1 << 20;

    private final ServerSocket door;
    private final int target;
    private final Duration keepalive;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger broken = new AtomicInteger();
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean silent;

    /**
     * @param keepalive after which the server's system would notice a dead connection
     */
    Network(int target, Duration keepalive) throws IOException {
        this.target = target;
        this.keepalive = keepalive;
        this.door = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many connections were reset. */
    int broken() {
        return broken.get();
    }

    /** Of everything sent from now on, in both directions. */
    void delay(Duration latency) {
        this.latency = latency;
    }

    /**
     * From now on nothing arrives, and nobody is told. Connections that are open stay open and dead
     * for ever for those who called, and until its keepalive for the server; new ones are as good
     * as dead until {@link #speak()}.
     */
    void fallSilent() {
        silent = true;
        links.forEach(Link::die);
    }

    void speak() {
        silent = false;
    }

    /**
     * Resets every open connection after so many more bytes in the one direction or the other. The
     * bytes that would exceed them do not arrive.
     */
    void breakAfter(long bytes, Direction direction) {
        links.forEach(
                link ->
                        (direction == Direction.TO_SERVER ? link.toServer : link.fromServer)
                                .set(bytes));
    }

    /** Connections that were spared so far live on. */
    void breakNoMore() {
        links.forEach(
                link -> {
                    link.toServer.set(Long.MAX_VALUE);
                    link.fromServer.set(Long.MAX_VALUE);
                });
    }

    @Override
    public void close() throws IOException {
        door.close();
        links.forEach(Link::reset);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                new Link(client, new Socket(InetAddress.getLoopbackAddress(), target)).open();
            } catch (IOException e) {
                // Closed, or the server is not there: whoever called sees it.
            }
        }
    }

    enum Direction {
        TO_SERVER,
        FROM_SERVER
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private final AtomicLong toServer = new AtomicLong(Long.MAX_VALUE);
        private final AtomicLong fromServer = new AtomicLong(Long.MAX_VALUE);
        private final AtomicBoolean dead = new AtomicBoolean();
        private final AtomicBoolean closed = new AtomicBoolean();

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void open() {
            links.add(this);
            if (silent) {
                die();
            }
            Thread.ofVirtual().start(() -> carry(client, server, toServer));
            Thread.ofVirtual().start(() -> carry(server, client, fromServer));
        }

        void die() {
            dead.set(true);
            Thread.ofVirtual()
                    .start(
                            () -> {
                                LockSupport.parkNanos(keepalive.toNanos());
                                reset(server);
                            });
        }

        private void carry(Socket from, Socket to, AtomicLong left) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (dead.get()) {
                        continue;
                    }
                    if (left.get() != Long.MAX_VALUE && left.addAndGet(-n) < 0) {
                        broken.incrementAndGet();
                        break;
                    }
                    LockSupport.parkNanos(latency.toNanos());
                    out.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // The end of one side is the end of both.
            }
            if (!dead.get()) {
                reset();
            }
        }

        void reset() {
            if (closed.compareAndSet(false, true)) {
                links.remove(this);
                reset(client);
                reset(server);
            }
        }

        private static void reset(Socket socket) {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // Reset already.
            }
        }
    }
}
