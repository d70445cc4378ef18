package dev.phoenix.server.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.InvalidBody;
import dev.phoenix.server.ingest.OtlpBody.ContentEncoding;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.ingest.decode.SubmittedSpan;
import dev.phoenix.server.ingest.ledger.Carrier;
import dev.phoenix.server.ingest.stage.Stage;
import dev.phoenix.server.ingest.stage.Stages;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.settings.IngestSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Spans as JSON, all or none, answered after the commit. */
@RestController
@Tag(name = "spans")
class CreateSpansController {

    private final SpanSubmission submission;
    private final ProjectReader projects;
    private final ByteBudget memory;
    private final OtlpBody bodies;
    private final Turns turns;
    private final Stages stages;

    CreateSpansController(
            SpanSubmission submission,
            ProjectReader projects,
            ByteBudget memory,
            Turns turns,
            IngestSettings settings,
            Stages stages) {
        this.stages = stages;
        this.submission = submission;
        this.projects = projects;
        this.memory = memory;
        this.turns = turns;
        this.bodies = new OtlpBody(settings);
    }

    @Schema(requiredProperties = "data")
    record CreateSpansRequestBody(List<SubmittedSpan> data) {}

    @Schema(requiredProperties = {"total_received", "total_queued"})
    record CreateSpansResponseBody(
            @JsonProperty("total_received") int totalReceived,
            @JsonProperty("total_queued") int totalQueued) {}

    @PostMapping("/v1/projects/{project_identifier}/spans")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    CreateSpansRequestBody.class))))
    CreateSpansResponseBody createSpans(
            @PathVariable("project_identifier") String identifier, HttpServletRequest request)
            throws IOException, OverloadException, RequestTooLargeException, StorageFullException {
        requireJson(request.getContentType());
        Carrier carrier = carrier(request);
        try (var stage = stages.begin(Stage.REQUEST).with("protocol", carrier.protocol())) {
            try {
                return createSpans(identifier, request.getInputStream(), carrier);
            } catch (OverloadException | RequestTooLargeException | StorageFullException e) {
                stage.failed(e);
                throw e;
            } catch (MalformedRequestException e) {
                stage.failed(e);
                throw InvalidBody.notJson();
            }
        }
    }

    private CreateSpansResponseBody createSpans(
            String identifier, InputStream wire, Carrier carrier)
            throws IOException,
                    OverloadException,
                    RequestTooLargeException,
                    StorageFullException,
                    MalformedRequestException {
        try (ByteBudget.Reservation reservation = memory.reserve()) {
            byte[] sent = receive(wire, reservation);
            try (var turn = turn(sent.length)) {
                List<SubmittedSpan> spans = parse(sent, reservation);
                int stored = submission.submit(spans, projectName(identifier), carrier);
                return new CreateSpansResponseBody(spans.size(), stored);
            }
        }
    }

    private byte[] receive(InputStream wire, ByteBudget.Reservation reservation)
            throws IOException, RequestTooLargeException, OverloadException {
        try (var receive = stages.begin(Stage.RECEIVE)) {
            byte[] sent = bodies.receive(wire, reservation);
            receive.with("bytes", sent.length);
            return sent;
        }
    }

    private Turns.Turn turn(int bytes) throws OverloadException {
        try (var wait = stages.begin(Stage.TURN)) {
            return turns.await(bytes);
        }
    }

    private List<SubmittedSpan> parse(byte[] sent, ByteBudget.Reservation reservation)
            throws IOException,
                    RequestTooLargeException,
                    OverloadException,
                    MalformedRequestException {
        try (var parse = stages.begin(Stage.PARSE)) {
            return SubmittedSpans.parse(
                    bodies.inflate(sent, ContentEncoding.IDENTITY, reservation));
        }
    }

    /** An id must exist; a name is given to a project that does not exist yet. */
    private String projectName(String identifier) {
        return GlobalId.keyOf(Project.TYPE, identifier).isPresent()
                ? projects.require(identifier).name()
                : identifier;
    }

    private static Carrier carrier(HttpServletRequest request) {
        return new Carrier(
                "rest", Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), ""));
    }

    private static void requireJson(@Nullable String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(Objects.toString(contentType, ""));
            if (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json")) {
                return;
            }
        } catch (InvalidMediaTypeException e) {
            // Said below.
        }
        throw InvalidBody.notJson();
    }

    @ExceptionHandler
    ResponseEntity<String> overloaded(OverloadException e) {
        return refusal(HttpStatus.SERVICE_UNAVAILABLE, "1", e);
    }

    @ExceptionHandler
    ResponseEntity<String> full(StorageFullException e) {
        return refusal(HttpStatus.INSUFFICIENT_STORAGE, "30", e);
    }

    @ExceptionHandler
    ResponseEntity<String> tooLarge(RequestTooLargeException e) {
        return refusal(HttpStatus.CONTENT_TOO_LARGE, null, e);
    }

    private static ResponseEntity<String> refusal(
            HttpStatus status, @Nullable String retryAfter, Exception reason) {
        var answer = ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN);
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return answer.body(
                Objects.requireNonNullElse(reason.getMessage(), status.getReasonPhrase()));
    }
}
