package dev.phoenix.otel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A real server for OTLP over HTTP and gRPC on free ports. */
public final class OtlpReceiver implements AutoCloseable {

    /** One export: where it went and with which headers, names in lower case. */
    public record Export(String path, Map<String, String> headers, List<ReceivedSpan> spans) {}

    private final List<Export> exports = new CopyOnWriteArrayList<>();
    private final HttpServer http;
    private final Server grpc;

    public OtlpReceiver() throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        http = HttpServer.create(loopback, 0);
        http.createContext("/", this::handle);
        http.start();
        grpc =
                NettyServerBuilder.forAddress(loopback)
                        .intercept(new HeaderReader())
                        .addService(new TraceService())
                        .build()
                        .start();
    }

    public String httpUrl() {
        return "http://localhost:" + http.getAddress().getPort();
    }

    public int grpcPort() {
        return grpc.getPort();
    }

    public List<Export> exports() {
        return exports;
    }

    public List<ReceivedSpan> spans() {
        return exports.stream().flatMap(export -> export.spans().stream()).toList();
    }

    /** The only span of that name. */
    public ReceivedSpan span(String name) {
        List<ReceivedSpan> named =
                spans().stream().filter(span -> span.name().equals(name)).toList();
        if (named.size() != 1) {
            throw new AssertionError("expected one span " + name + " among " + spans());
        }
        return named.get(0);
    }

    @Override
    public void close() {
        http.stop(0);
        grpc.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        try (InputStream body =
                "gzip".equals(headers.get("content-encoding"))
                        ? new GZIPInputStream(exchange.getRequestBody())
                        : exchange.getRequestBody()) {
            received(
                    exchange.getRequestURI().toString(),
                    headers,
                    ExportTraceServiceRequest.parseFrom(body));
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void received(
            String path, Map<String, String> headers, ExportTraceServiceRequest request) {
        exports.add(new Export(path, headers, ReceivedSpan.all(request).toList()));
    }

    private static final io.grpc.Context.Key<Map<String, String>> HEADERS =
            io.grpc.Context.key("headers");

    private final class TraceService extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(
                ExportTraceServiceRequest request,
                StreamObserver<ExportTraceServiceResponse> answer) {
            received("grpc", HEADERS.get(), request);
            answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }

    private static final class HeaderReader implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String name : metadata.keys()) {
                if (!name.endsWith("-bin")) {
                    String value =
                            metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
                    headers.put(name, String.valueOf(value));
                }
            }
            return io.grpc.Contexts.interceptCall(
                    io.grpc.Context.current().withValue(HEADERS, headers), call, metadata, next);
        }
    }
}
