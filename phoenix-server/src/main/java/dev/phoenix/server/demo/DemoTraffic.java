package dev.phoenix.server.demo;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends recordings to a server over HTTP, as an exporter would. */
public final class DemoTraffic implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Apart enough for a list of traces to look lived in. */
    private static final Duration BETWEEN_RECORDINGS = Duration.ofMinutes(1);

    private final URI endpoint;
    private final URI traces;
    private final @Nullable String apiKey;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final RandomGenerator random = RandomGenerator.getDefault();

    /**
     * @param endpoint the server's address, to which {@code /v1/traces} is added
     */
    public DemoTraffic(URI endpoint, InstantSource clock) {
        this(endpoint, null, clock);
    }

    /**
     * @param apiKey of who sends, where the server wants to know
     */
    public DemoTraffic(URI endpoint, @Nullable String apiKey, InstantSource clock) {
        this.apiKey = apiKey;
        this.endpoint = URI.create(endpoint.toString().replaceAll("/+$", ""));
        this.traces = URI.create(this.endpoint + "/v1/traces");
        this.clock = clock;
    }

    /** The server does not know who sends, or lets others send. */
    public static final class NotAllowed extends IOException {

        private static final long serialVersionUID = 1;

        NotAllowed(URI address) {
            super("not allowed to send to " + address);
        }
    }

    /** What is told about each recording once the server has stored it. */
    public interface Progress {

        void stored(Recording recording, long rejectedSpans);
    }

    /**
     * Sends every recording, the last one ending now.
     *
     * @throws NotAllowed if the server does not know the key, or its owner may not send
     * @throws IOException if the server cannot be reached or refuses
     */
    public void send(List<Recording> recordings, Progress progress)
            throws IOException, InterruptedException {
        for (int i = 0; i < recordings.size(); i++) {
            int later = recordings.size() - 1 - i;
            Recording recording = recordings.get(i);
            progress.stored(recording, send(recording, BETWEEN_RECORDINGS.multipliedBy(later)));
        }
    }

    /**
     * Sends a recording span by span, each when it ends, as an exporter without batches does.
     *
     * @throws IOException if the server cannot be reached or refuses
     */
    public void stream(Recording recording, Progress progress)
            throws IOException, InterruptedException {
        Instant end = clock.instant().plus(recording.timeBetweenFirstAndLastEnd());
        long rejected = 0;
        for (Replay.EndedSpan span : Replay.of(recording, end, random).spansAsTheyEnd()) {
            Thread.sleep(Duration.between(clock.instant(), span.end()));
            rejected += post(span.request());
        }
        progress.stored(recording, rejected);
    }

    /** Whether spans were ever sent to a project, also when none is left. */
    public boolean knowsProject(String name) throws IOException, InterruptedException {
        URI project = URI.create(endpoint + "/v1/projects/" + name);
        HttpRequest request = request(project).build();
        return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    @Override
    public void close() {
        client.close();
    }

    private long send(Recording recording, Duration ago) throws IOException, InterruptedException {
        return post(Replay.of(recording, clock.instant().minus(ago), random).request());
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(TIMEOUT);
        return apiKey == null ? request : request.header("Authorization", "Bearer " + apiKey);
    }

    private long post(ExportTraceServiceRequest export) throws IOException, InterruptedException {
        byte[] body = export.toByteArray();
        HttpRequest request =
                request(traces)
                        .header("Content-Type", "application/x-protobuf")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new NotAllowed(traces);
        }
        if (response.statusCode() != 200) {
            throw new IOException(
                    "%s answered %d: %s"
                            .formatted(
                                    traces,
                                    response.statusCode(),
                                    new String(response.body(), StandardCharsets.UTF_8)));
        }
        return ExportTraceServiceResponse.parseFrom(response.body())
                .getPartialSuccess()
                .getRejectedSpans();
    }
}
