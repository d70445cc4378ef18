package dev.phoenix.benchmarks.fault;

import dev.phoenix.benchmarks.load.RawExport;
import dev.phoenix.benchmarks.target.RunningServer;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Every way into a server, for bytes that may be no request; tells the answer as it was given. */
final class OpenDoor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI traces;
    private final URI spans;
    private final ManagedChannel channel;

    OpenDoor(RunningServer server) {
        URI root = URI.create("http://127.0.0.1:" + server.httpPort());
        traces = root.resolve("/v1/traces");
        spans = root.resolve("/v1/projects/over-rest/spans");
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort())
                        .usePlaintext()
                        .build();
    }

    static boolean isYes(String answer) {
        return answer.equals("200") || answer.equals("202") || answer.equals("OK");
    }

    /** The status of HTTP, or gRPC's in words. */
    String send(Mutations.Door door, byte[] body) throws InterruptedException {
        return switch (door) {
            case PROTOBUF -> http(traces, "application/x-protobuf", "identity", body);
            case GZIP -> http(traces, "application/x-protobuf", "gzip", body);
            case JSON -> http(traces, "application/json", "identity", body);
            case REST -> http(spans, "application/json", "identity", body);
            case GRPC -> grpc(body);
        };
    }

    private String http(URI address, String contentType, String encoding, byte[] body)
            throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .header("Content-Type", contentType)
                        .header("Content-Encoding", encoding)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        try {
            return Integer.toString(http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String grpc(byte[] body) {
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        try {
            ClientCalls.blockingUnaryCall(channel, RawExport.METHOD, options, body);
            return Status.Code.OK.name();
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode().name();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        channel.shutdownNow();
    }
}
