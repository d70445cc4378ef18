package dev.phoenix.benchmarks.load;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** OTLP over HTTP/1.1 with protobuf bodies; as many connections as there are threads sending. */
final class HttpSender implements Sender {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest.Builder template;
    private final boolean gzip;

    HttpSender(URI server, boolean gzip) {
        this(server, gzip, "");
    }

    /**
     * @param apiKey of the exporter; empty where nobody asks for one
     */
    HttpSender(URI server, boolean gzip, String apiKey) {
        this.gzip = gzip;
        template =
                HttpRequest.newBuilder(server.resolve("/v1/traces"))
                        .header("Content-Type", "application/x-protobuf");
        if (gzip) {
            template.header("Content-Encoding", "gzip");
        }
        if (!apiKey.isEmpty()) {
            template.header("Authorization", "Bearer " + apiKey);
        }
    }

    @Override
    public byte[] body(byte[] request) {
        return gzip ? gzipped(request) : request;
    }

    @Override
    public Reply send(byte[] body) throws InterruptedException {
        HttpRequest request =
                template.copy().POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        try {
            return answer(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return Reply.FAILED;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static Reply answer(HttpResponse<byte[]> response)
            throws InvalidProtocolBufferException {
        return switch (response.statusCode()) {
            case 200 ->
                    ExportTraceServiceResponse.parseFrom(response.body()).hasPartialSuccess()
                            ? Reply.FAILED
                            : Reply.ACKNOWLEDGED;
            case 429, 502, 503, 504 -> Reply.refused(retryAfter(response));
            default -> Reply.FAILED;
        };
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(0));
    }

    /**
     * The fastest level: compressing is the exporter's work, and here it takes from the server's
     * two cores.
     */
    private static byte[] gzipped(byte[] request) {
        var bytes = new ByteArrayOutputStream(request.length / 2);
        try (var gzip = new FastGzip(bytes)) {
            gzip.write(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, 8_192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
