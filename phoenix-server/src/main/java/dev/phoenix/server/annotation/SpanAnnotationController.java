package dev.phoenix.server.annotation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.TimeRange;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Annotations and notes of spans over REST. */
@RestController
class SpanAnnotationController {

    private final AnnotationRequests requests;

    SpanAnnotationController(AnnotationRequests requests) {
        this.requests = requests;
    }

    @Schema(requiredProperties = {"name", "annotator_kind", "span_id"})
    record SpanAnnotationData(
            @NotNull String name,
            @NotNull @JsonProperty("annotator_kind") AnnotatorKind annotatorKind,
            @Nullable AnnotationResult result,
            @Nullable Map<String, Object> metadata,
            @Nullable String identifier,
            @NotNull @JsonProperty("span_id") String spanId)
            implements AnnotationRequests.Sent {

        @Override
        public String targetId() {
            return spanId;
        }
    }

    @Schema(requiredProperties = "data")
    record AnnotateSpansRequestBody(@NotNull List<@NotNull @Valid SpanAnnotationData> data) {}

    @Schema(requiredProperties = "id")
    record InsertedSpanAnnotation(String id) {}

    @Schema(requiredProperties = "data")
    record AnnotateSpansResponseBody(List<InsertedSpanAnnotation> data) {}

    @Schema(requiredProperties = {"span_id", "note"})
    record SpanNoteData(
            @NotBlank @JsonProperty("span_id") String spanId,
            @NotBlank String note,
            @Nullable String identifier) {}

    @Schema(requiredProperties = "data")
    record CreateSpanNoteRequestBody(@NotNull @Valid SpanNoteData data) {}

    @Schema(requiredProperties = "data")
    record CreateSpanNoteResponseBody(InsertedSpanAnnotation data) {}

    @Schema(
            name = "SpanAnnotation",
            requiredProperties = {
                "id",
                "created_at",
                "updated_at",
                "source",
                "user_id",
                "name",
                "annotator_kind",
                "span_id"
            })
    record Item(
            String id,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("updated_at") Instant updatedAt,
            AnnotationSource source,
            @JsonProperty("user_id") @Nullable String userId,
            String name,
            @JsonProperty("annotator_kind") AnnotatorKind annotatorKind,
            AnnotationResult result,
            Map<String, Object> metadata,
            String identifier,
            @JsonProperty("span_id") String spanId) {}

    @Schema(requiredProperties = {"data", "next_cursor"})
    record SpanAnnotationsResponseBody(
            List<Item> data, @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @Tag(name = "spans")
    @PostMapping("/v1/span_annotations")
    AnnotateSpansResponseBody annotateSpans(
            @RequestParam(defaultValue = "false") boolean sync,
            @Valid @RequestBody AnnotateSpansRequestBody body) {
        List<String> ids = requests.annotate(Target.SPAN, sync, body.data());
        return new AnnotateSpansResponseBody(
                ids.stream().map(InsertedSpanAnnotation::new).toList());
    }

    @Tag(name = "spans")
    @PostMapping("/v1/span_notes")
    CreateSpanNoteResponseBody createSpanNote(@Valid @RequestBody CreateSpanNoteRequestBody body) {
        SpanNoteData note = body.data();
        return new CreateSpanNoteResponseBody(
                new InsertedSpanAnnotation(
                        requests.note(Target.SPAN, note.spanId(), note.note(), note.identifier())));
    }

    @Tag(name = "annotations")
    @GetMapping("/v1/projects/{project_identifier}/span_annotations")
    SpanAnnotationsResponseBody listSpanAnnotationsBySpanIds(
            @PathVariable("project_identifier") String projectIdentifier,
            @RequestParam(name = "span_ids", required = false) @Nullable List<String> spanIds,
            @RequestParam(name = "identifier", required = false)
                    @Nullable List<@Size(min = 1) String> identifiers,
            @RequestParam(name = "include_annotation_names", required = false)
                    @Nullable List<String> included,
            @RequestParam(name = "exclude_annotation_names", required = false)
                    @Nullable List<String> excluded,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "10") @Positive @Max(10_000) int limit) {
        var page =
                requests.list(
                        Target.SPAN,
                        projectIdentifier,
                        spanIds,
                        identifiers,
                        included,
                        excluded,
                        cursor,
                        limit);
        return new SpanAnnotationsResponseBody(
                page.rows().stream().map(SpanAnnotationController::item).toList(),
                page.firstOfNext(listed -> listed.annotation().id()));
    }

    @Tag(name = "annotations")
    @DeleteMapping("/v1/projects/{project_identifier}/span_annotations")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSpanAnnotations(
            @PathVariable("project_identifier") String projectIdentifier,
            @RequestParam(required = false) @Nullable @Size(min = 1) String name,
            @RequestParam(required = false) @Nullable @Size(min = 1) String identifier,
            @RequestParam(name = "annotator_kind", required = false)
                    @Nullable AnnotatorKind annotatorKind,
            @RequestParam(name = "start_time", required = false) @Nullable Instant startTime,
            @RequestParam(name = "end_time", required = false) @Nullable Instant endTime,
            @RequestParam(name = "delete_all", defaultValue = "false") boolean everything) {
        var filter =
                new AnnotationDeletion.Filter(
                        name, identifier, annotatorKind, new TimeRange(startTime, endTime));
        requests.delete(Target.SPAN, projectIdentifier, filter, everything);
    }

    private static Item item(AnnotationReader.Listed listed) {
        Annotation annotation = listed.annotation();
        return new Item(
                annotation.id(),
                annotation.createdAt(),
                annotation.updatedAt(),
                annotation.source(),
                annotation.authorId(),
                annotation.name(),
                annotation.annotatorKind(),
                annotation.result(),
                annotation.metadata(),
                annotation.identifier(),
                listed.targetId());
    }
}
