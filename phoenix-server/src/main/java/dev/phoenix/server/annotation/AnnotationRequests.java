package dev.phoenix.server.annotation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.phoenix.server.annotation.AnnotationReader.Filter;
import dev.phoenix.server.annotation.AnnotationReader.Listed;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.project.ProjectReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the REST operations have in common, whatever is annotated. */
@Component
class AnnotationRequests {

    private static final int MAX_VALUES = 1000;

    private final AnnotationWriter writer;
    private final AnnotationInbox inbox;
    private final AnnotationReader reader;
    private final AnnotationDeletion deletion;
    private final ProjectReader projects;
    private final JsonMapper json;
    private final HttpServletRequest request;

    AnnotationRequests(
            AnnotationWriter writer,
            AnnotationInbox inbox,
            AnnotationReader reader,
            AnnotationDeletion deletion,
            ProjectReader projects,
            JsonMapper json,
            HttpServletRequest request) {
        this.writer = writer;
        this.inbox = inbox;
        this.reader = reader;
        this.deletion = deletion;
        this.projects = projects;
        this.json = json;
        this.request = request;
    }

    /** An annotation as clients send it. */
    interface Sent {

        @JsonIgnore
        String targetId();

        @JsonIgnore
        default int position() {
            return 0;
        }

        String name();

        AnnotatorKind annotatorKind();

        @Nullable AnnotationResult result();

        @Nullable Map<String, Object> metadata();

        @Nullable String identifier();
    }

    /**
     * @return the ids of the annotations if the caller waits for them, else nothing
     */
    List<String> annotate(Target target, boolean sync, List<? extends Sent> sent) {
        if (target != Target.DOCUMENT
                && sent.stream().anyMatch(item -> item.name().equals(Annotation.NOTE))) {
            throw ApiException.badRequest(
                    "the name note is reserved for notes; use /v1/%s_notes"
                            .formatted(target.noun()));
        }
        Author author = author();
        List<Draft> drafts = sent.stream().map(item -> draft(item, author)).toList();
        if (sync) {
            return writer.write(target, drafts, author);
        }
        inbox.accept(target, drafts, author);
        return List.of();
    }

    /**
     * Appends a note, or replaces the one with the same identifier.
     *
     * @return the id of the annotation
     */
    String note(Target target, String targetId, String note, @Nullable String identifier) {
        String given = identifier == null ? "" : identifier;
        Author author = author();
        Content content =
                new Content(
                        Annotation.NOTE,
                        given.isEmpty()
                                ? "px-%s-note:%s".formatted(target.noun(), UUID.randomUUID())
                                : given,
                        AnnotatorKind.HUMAN,
                        null,
                        null,
                        note.strip(),
                        "{}",
                        AnnotationSource.API,
                        author.userId());
        return writer.write(target, List.of(Draft.of(targetId.strip(), content)), author)
                .getFirst();
    }

    Page<Listed> list(
            Target target,
            String projectIdentifier,
            @Nullable List<String> targetIds,
            @Nullable List<String> identifiers,
            @Nullable List<String> names,
            @Nullable List<String> otherNames,
            @Nullable String cursor,
            int limit) {
        if (targetIds == null && identifiers == null) {
            throw ApiException.unprocessable(
                    "at least one of %s_ids and identifier must be given".formatted(target.noun()));
        }
        Filter filter =
                new Filter(
                        distinct(target.noun() + "_ids", targetIds),
                        distinct("identifier", identifiers),
                        names,
                        otherNames);
        String given = Cursor.given(cursor);
        Long from = given == null ? null : (Long) Cursor.key(given);
        return reader.newest(
                target, projects.require(projectIdentifier).key(), filter, from, limit);
    }

    void delete(
            Target target,
            String projectIdentifier,
            AnnotationDeletion.Filter filter,
            boolean everything) {
        TimeRange range = filter.range();
        if (!everything && (range.start() == null || range.end() == null)) {
            throw ApiException.unprocessable(
                    "start_time and end_time must both be given, or delete_all=true");
        }
        if (range.start() != null && range.end() != null && !range.start().isBefore(range.end())) {
            throw ApiException.unprocessable(
                    "start_time must be before end_time, was %s and end_time %s"
                            .formatted(range.start(), range.end()));
        }
        deletion.delete(target, projects.require(projectIdentifier), filter, Caller.of(request));
    }

    /** Whoever sends the request that is being answered. */
    private Author author() {
        return Author.of(CurrentPrincipal.of(request));
    }

    private Draft draft(Sent sent, Author author) {
        AnnotationResult result = Objects.requireNonNullElse(sent.result(), AnnotationResult.NONE);
        return new Draft(
                sent.targetId(),
                sent.position(),
                new Content(
                        sent.name(),
                        Objects.requireNonNullElse(sent.identifier(), ""),
                        sent.annotatorKind(),
                        result.label(),
                        result.score(),
                        result.explanation(),
                        json.writeValueAsString(
                                Objects.requireNonNullElse(sent.metadata(), Map.of())),
                        AnnotationSource.API,
                        author.userId()));
    }

    private static @Nullable Set<String> distinct(String parameter, @Nullable List<String> values) {
        if (values == null) {
            return null;
        }
        Set<String> distinct = new LinkedHashSet<>(values);
        if (distinct.size() > MAX_VALUES) {
            throw ApiException.unprocessable(
                    "%s must have at most %d values, had %d"
                            .formatted(parameter, MAX_VALUES, distinct.size()));
        }
        return distinct;
    }
}
