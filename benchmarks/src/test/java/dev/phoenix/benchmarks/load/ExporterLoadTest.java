package dev.phoenix.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceImplBase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Against servers that refuse the first request and take the others. */
class ExporterLoadTest {

    private static final int RATE = 200;
    private static final java.time.Duration TIME = java.time.Duration.ofSeconds(3);

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void who_is_refused_over_http_comes_back_when_told_to() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.setExecutor(threads);
            server.createContext("/v1/traces", this::answer);
            server.start();
            assertRetried(Protocol.HTTP_GZIP.sender(server.getAddress().getPort(), 0, 4));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void who_is_refused_over_grpc_comes_back_when_told_to() throws Exception {
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(new RefusesTheFirst())
                        .build()
                        .start();
        try {
            assertRetried(Protocol.GRPC.sender(0, server.getPort(), 4));
        } finally {
            server.shutdownNow();
        }
    }

    /** Two requests a second, of which one waits a second. */
    private static void assertRetried(Sender sender) throws Exception {
        try (sender) {
            var requests = new Requests("bench");
            ExporterReport report = new ExporterLoad(requests, sender, 4, RATE, 70).run(TIME);

            assertThat(report.load().requests(Answer.REFUSED)).isOne();
            assertThat(report.load().requests(Answer.FAILED)).isZero();
            assertThat(report.dropped()).isZero();
            assertThat(report.load().acknowledged()).doesNotHaveDuplicates().contains(70L);
            assertThat(report.load().latencies().percentile(100))
                    .isGreaterThan(java.time.Duration.ofMillis(900));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (calls.getAndIncrement() == 0) {
            exchange.getResponseHeaders().add("Retry-After", "1");
            exchange.sendResponseHeaders(503, -1);
        } else {
            exchange.sendResponseHeaders(200, -1);
        }
        exchange.close();
    }

    private final class RefusesTheFirst extends TraceServiceImplBase {

        @Override
        public void export(
                ExportTraceServiceRequest request,
                StreamObserver<ExportTraceServiceResponse> answer) {
            if (calls.getAndIncrement() == 0) {
                answer.onError(StatusProto.toStatusRuntimeException(comeBackInASecond()));
            } else {
                answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
                answer.onCompleted();
            }
        }

        private static Status comeBackInASecond() {
            RetryInfo hint =
                    RetryInfo.newBuilder()
                            .setRetryDelay(Duration.newBuilder().setSeconds(1))
                            .build();
            return Status.newBuilder()
                    .setCode(Code.UNAVAILABLE_VALUE)
                    .addDetails(Any.pack(hint))
                    .build();
        }
    }
}
