package dev.phoenix.benchmarks.bare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceImplBase;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * Both transports in front of one {@link GroupCommit}. Arguments: JDBC URL, HTTP port, gRPC port.
 */
public final class BareServer {

    private static final String LOOPBACK = "127.0.0.1";

    private final GroupCommit commits;

    private BareServer(GroupCommit commits) {
        this.commits = commits;
    }

    public static void main(String[] args) throws Exception {
        String jdbcUrl = args[0];
        Table.create(jdbcUrl);
        // SQLite has one writer at a time; PostgreSQL gains from a second.
        var server =
                new BareServer(
                        new GroupCommit(jdbcUrl, jdbcUrl.startsWith("jdbc:sqlite:") ? 1 : 2));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.serveGrpc(Integer.parseInt(args[2]), threads);
        server.serveHttp(Integer.parseInt(args[1]), threads);
    }

    private void serveGrpc(int port, ExecutorService threads) throws IOException {
        var service =
                new TraceServiceImplBase() {
                    @Override
                    public void export(
                            ExportTraceServiceRequest request,
                            StreamObserver<ExportTraceServiceResponse> answer) {
                        store(request);
                        answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
                        answer.onCompleted();
                    }
                };
        NettyServerBuilder.forAddress(new InetSocketAddress(LOOPBACK, port))
                .executor(threads)
                .addService(service)
                .build()
                .start();
    }

    private void serveHttp(int port, ExecutorService threads) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
        http.setExecutor(threads);
        http.createContext("/readyz", BareServer::answer);
        http.createContext(
                "/v1/traces",
                exchange -> {
                    store(ExportTraceServiceRequest.parseFrom(body(exchange)));
                    answer(exchange);
                });
        http.start();
    }

    private void store(ExportTraceServiceRequest request) {
        try {
            commits.store(Row.of(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(body, 16_384)
                : body;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
