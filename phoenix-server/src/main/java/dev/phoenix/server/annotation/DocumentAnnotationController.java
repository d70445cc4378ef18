package dev.phoenix.server.annotation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Annotations of the documents that a span retrieved or ranked, over REST. */
@RestController
@Tag(name = "spans")
class DocumentAnnotationController {

    private final AnnotationRequests requests;

    DocumentAnnotationController(AnnotationRequests requests) {
        this.requests = requests;
    }

    @Schema(requiredProperties = {"name", "annotator_kind", "span_id", "document_position"})
    record SpanDocumentAnnotationData(
            @NotNull String name,
            @NotNull @JsonProperty("annotator_kind") AnnotatorKind annotatorKind,
            @Nullable AnnotationResult result,
            @Nullable Map<String, Object> metadata,
            @Nullable String identifier,
            @NotNull @JsonProperty("span_id") String spanId,
            @NotNull @JsonProperty("document_position") Integer documentPosition)
            implements AnnotationRequests.Sent {

        SpanDocumentAnnotationData {
            identifier = identifier == null ? null : identifier.strip();
        }

        @Override
        public String targetId() {
            return spanId;
        }

        @Override
        public int position() {
            return documentPosition;
        }
    }

    @Schema(requiredProperties = "data")
    record AnnotateSpanDocumentsRequestBody(
            @NotNull List<@NotNull @Valid SpanDocumentAnnotationData> data) {}

    @Schema(requiredProperties = "id")
    record InsertedSpanDocumentAnnotation(String id) {}

    @Schema(requiredProperties = "data")
    record AnnotateSpanDocumentsResponseBody(List<InsertedSpanDocumentAnnotation> data) {}

    @PostMapping("/v1/document_annotations")
    AnnotateSpanDocumentsResponseBody annotateSpanDocuments(
            @RequestParam(defaultValue = "false") boolean sync,
            @Valid @RequestBody AnnotateSpanDocumentsRequestBody body) {
        body.data().forEach(DocumentAnnotationController::refuseIdentifier);
        List<String> ids = requests.annotate(Target.DOCUMENT, sync, body.data());
        return new AnnotateSpanDocumentsResponseBody(
                ids.stream().map(InsertedSpanDocumentAnnotation::new).toList());
    }

    private static void refuseIdentifier(SpanDocumentAnnotationData item) {
        if (item.identifier != null && !item.identifier.isEmpty()) {
            throw ApiException.unprocessable(
                    "annotations of documents have no identifier, was %s; leave it out"
                            .formatted(item.identifier));
        }
    }
}
