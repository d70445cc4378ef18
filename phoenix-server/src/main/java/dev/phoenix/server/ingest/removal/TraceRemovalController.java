package dev.phoenix.server.ingest.removal;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deletes and moves traces and spans over REST. */
@RestController
class TraceRemovalController {

    private final TraceRemovals removals;
    private final ProjectRemovals projectRemovals;
    private final Transfers transfers;
    private final ProjectReader projects;

    TraceRemovalController(
            TraceRemovals removals,
            ProjectRemovals projectRemovals,
            Transfers transfers,
            ProjectReader projects) {
        this.removals = removals;
        this.projectRemovals = projectRemovals;
        this.transfers = transfers;
        this.projects = projects;
    }

    @Schema(requiredProperties = {"trace_identifiers", "destination_project_identifier"})
    record TransferTracesRequestBody(
            @NotNull @NotEmpty @JsonProperty("trace_identifiers")
                    List<@NotNull String> traceIdentifiers,
            @NotNull @JsonProperty("destination_project_identifier")
                    String destinationProjectIdentifier) {}

    @Schema(requiredProperties = {"transferred_trace_count", "destination_project_id"})
    record TransferTracesData(
            @JsonProperty("transferred_trace_count") int transferredTraceCount,
            @JsonProperty("destination_project_id") String destinationProjectId) {}

    @Schema(requiredProperties = "data")
    record TransferTracesResponseBody(TransferTracesData data) {}

    @Tag(name = "traces")
    @PostMapping("/v1/traces/transfer")
    TransferTracesResponseBody transferTraces(
            @Valid @RequestBody TransferTracesRequestBody body, HttpServletRequest request) {
        Project destination = projects.require(body.destinationProjectIdentifier());
        int moved = transfers.transfer(body.traceIdentifiers(), destination, Caller.of(request));
        return new TransferTracesResponseBody(new TransferTracesData(moved, destination.id()));
    }

    @Tag(name = "traces")
    @DeleteMapping("/v1/traces/{trace_identifier}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteTrace(
            @PathVariable("trace_identifier") String identifier, HttpServletRequest request) {
        removals.traces(List.of(identifier), Caller.of(request));
    }

    @Tag(name = "traces")
    @DeleteMapping("/v1/projects/{project_identifier}/traces")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteProjectTraces(
            @PathVariable("project_identifier") String identifier,
            @RequestParam("start_time") Instant startTime,
            @RequestParam("end_time") Instant endTime,
            HttpServletRequest request) {
        if (!startTime.isBefore(endTime)) {
            throw ApiException.unprocessable(
                    "start_time must be before end_time, was %s and end_time %s"
                            .formatted(startTime, endTime));
        }
        projectRemovals.traces(
                projects.require(identifier),
                TraceRange.of(Timestamps.nanos(startTime), Timestamps.nanos(endTime)),
                Caller.of(request));
    }

    @Tag(name = "spans")
    @DeleteMapping("/v1/spans/{span_identifier}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSpan(
            @PathVariable("span_identifier") String identifier, HttpServletRequest request) {
        removals.span(identifier, Caller.of(request));
    }
}
