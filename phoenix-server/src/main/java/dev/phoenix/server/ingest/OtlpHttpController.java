package dev.phoenix.server.ingest;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.phoenix.server.ingest.OtlpBody.ContentEncoding;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.ingest.log.LogIngest;
import dev.phoenix.server.ingest.stage.RunningStage;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.settings.IngestSettings;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** OTLP over HTTP, protobuf or JSON, answered after the commit. */
@Hidden
@RestController
class OtlpHttpController {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final String RETRY_AFTER_CLEANING_SECONDS = "30";

    private final TraceIngest traces;
    private final LogIngest logs;
    private final MetricIngest metrics;
    private final ByteBudget memory;
    private final OtlpBody bodies;
    private final Turns turns;
    private final Stages stages;

    OtlpHttpController(
            TraceIngest traces,
            LogIngest logs,
            MetricIngest metrics,
            ByteBudget memory,
            Turns turns,
            IngestSettings settings,
            Stages stages) {
        this.traces = traces;
        this.logs = logs;
        this.metrics = metrics;
        this.turns = turns;
        this.stages = stages;
        this.memory = memory;
        this.bodies = new OtlpBody(settings);
    }

    @PostMapping("/v1/traces")
    ResponseEntity<byte[]> exportTraces(HttpServletRequest request) throws IOException {
        return export(request, traces);
    }

    @PostMapping("/v1/logs")
    ResponseEntity<byte[]> exportLogs(HttpServletRequest request) throws IOException {
        return export(request, logs);
    }

    @PostMapping("/v1/metrics")
    ResponseEntity<byte[]> exportMetrics(HttpServletRequest request) throws IOException {
        return export(request, metrics);
    }

    private ResponseEntity<byte[]> export(HttpServletRequest request, Signal<?, ?> signal)
            throws IOException {
        String contentType = Objects.requireNonNullElse(request.getContentType(), "");
        Optional<OtlpFormat> format = OtlpFormat.of(contentType);
        if (format.isEmpty()) {
            return unsupported(
                    "Content-Type must be application/x-protobuf or application/json, was '%s'"
                            .formatted(contentType));
        }
        String encodingName =
                Objects.requireNonNullElse(
                        request.getHeader(HttpHeaders.CONTENT_ENCODING), "identity");
        Optional<ContentEncoding> encoding = ContentEncoding.of(encodingName);
        if (encoding.isEmpty()) {
            return unsupported(
                    "Content-Encoding must be gzip, deflate, zstd or identity, was '%s'"
                            .formatted(encodingName));
        }
        return export(request, signal, format.get(), encoding.get());
    }

    private ResponseEntity<byte[]> export(
            HttpServletRequest request,
            Signal<?, ?> signal,
            OtlpFormat format,
            ContentEncoding encoding)
            throws IOException {
        try (var stage = stages.begin(Stage.REQUEST).with("protocol", format.protocol())) {
            return answer(request, signal, format, encoding, stage);
        }
    }

    private <Q> ResponseEntity<byte[]> answer(
            HttpServletRequest request,
            Signal<Q, ?> signal,
            OtlpFormat format,
            ContentEncoding encoding,
            RunningStage stage)
            throws IOException {
        try (ByteBudget.Reservation reservation = memory.reserve()) {
            byte[] sent = receive(request, reservation);
            try (var turn = turn(encoding.inflatedBytes(sent.length))) {
                Q received = parse(signal, sent, format, encoding, reservation);
                Message answer =
                        signal.export(
                                received,
                                request.getHeader("x-project-name"),
                                carrier(request, format));
                return answer(HttpStatus.OK, format).body(format.encode(answer));
            }
        } catch (MalformedRequestException e) {
            stage.failed(e);
            return refuse(HttpStatus.BAD_REQUEST, format, Code.INVALID_ARGUMENT, e);
        } catch (RequestTooLargeException e) {
            stage.failed(e);
            return refuse(HttpStatus.CONTENT_TOO_LARGE, format, Code.RESOURCE_EXHAUSTED, e);
        } catch (OverloadException e) {
            stage.failed(e);
            return refuse(HttpStatus.SERVICE_UNAVAILABLE, format, Code.UNAVAILABLE, e);
        } catch (StorageFullException e) {
            stage.failed(e);
            return refuse(HttpStatus.INSUFFICIENT_STORAGE, format, Code.RESOURCE_EXHAUSTED, e);
        }
    }

    private byte[] receive(HttpServletRequest request, ByteBudget.Reservation reservation)
            throws IOException, RequestTooLargeException, OverloadException {
        try (var receive = stages.begin(Stage.RECEIVE)) {
            byte[] sent = bodies.receive(request.getInputStream(), reservation);
            receive.with("bytes", sent.length);
            return sent;
        }
    }

    private Turns.Turn turn(int bytes) throws OverloadException {
        try (var wait = stages.begin(Stage.TURN)) {
            return turns.await(bytes);
        }
    }

    private <Q> Q parse(
            Signal<Q, ?> signal,
            byte[] sent,
            OtlpFormat format,
            ContentEncoding encoding,
            ByteBudget.Reservation reservation)
            throws IOException,
                    MalformedRequestException,
                    RequestTooLargeException,
                    OverloadException {
        try (var parse = stages.begin(Stage.PARSE)) {
            byte[] body = bodies.inflate(sent, encoding, reservation);
            parse.with("bytes", body.length);
            return format.parse(signal, body);
        }
    }

    private static Carrier carrier(HttpServletRequest request, OtlpFormat format) {
        return new Carrier(
                format.protocol(),
                Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), ""));
    }

    private static ResponseEntity<byte[]> unsupported(String message) {
        return ResponseEntity.status(HttpStatus.UNSUPPORTED_MEDIA_TYPE)
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(message.getBytes(StandardCharsets.UTF_8));
    }

    private static ResponseEntity<byte[]> refuse(
            HttpStatus http, OtlpFormat format, Code code, Exception reason) {
        ResponseEntity.BodyBuilder answer = answer(http, format);
        if (http == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        } else if (http == HttpStatus.INSUFFICIENT_STORAGE) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_CLEANING_SECONDS);
        }
        String message =
                Objects.requireNonNullElse(
                        reason.getMessage(), code.name().toLowerCase(Locale.ROOT));
        return answer.body(
                format.encode(
                        Status.newBuilder().setCode(code.getNumber()).setMessage(message).build()));
    }

    private static ResponseEntity.BodyBuilder answer(HttpStatus status, OtlpFormat format) {
        return ResponseEntity.status(status).header(HttpHeaders.CONTENT_TYPE, format.contentType());
    }
}
