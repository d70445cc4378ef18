package dev.phoenix.server.annotation;

import dev.phoenix.server.annotation.AnnotationInputs.Create;
import dev.phoenix.server.annotation.AnnotationInputs.Delete;
import dev.phoenix.server.annotation.AnnotationInputs.Note;
import dev.phoenix.server.annotation.AnnotationInputs.Patch;
import dev.phoenix.server.annotation.AnnotationInputs.Update;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.auth.account.User;
import dev.phoenix.server.db.Database;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the GraphQL mutations have in common, whatever is annotated. */
@Component
class AnnotationMutations {

    private final AnnotationWriter writer;
    private final AnnotationEditor editor;
    private final AnnotationDeletion deletion;
    private final AnnotationReader reader;
    private final ProjectReader projects;
    private final Targets targets;
    private final DSLContext database;
    private final JsonMapper json;

    AnnotationMutations(
            AnnotationWriter writer,
            AnnotationEditor editor,
            AnnotationDeletion deletion,
            AnnotationReader reader,
            ProjectReader projects,
            Targets targets,
            Database database,
            JsonMapper json) {
        this.writer = writer;
        this.editor = editor;
        this.deletion = deletion;
        this.reader = reader;
        this.projects = projects;
        this.targets = targets;
        this.database = database.read();
        this.json = json;
    }

    List<AnnotationNode> create(
            Target target, List<Create> inputs, DataFetchingEnvironment environment) {
        AnnotationInputs.requireSome("annotation", inputs);
        inputs.forEach(input -> refuseNoteName(target, input.name()));
        Principal caller = CurrentPrincipal.of(environment);
        List<@Nullable String> ids =
                inputs.stream().<@Nullable String>map(Create::targetId).toList();
        Map<String, String> targetIds = targetIds(target, ids);
        List<Draft> drafts = new ArrayList<>();
        for (Create input : inputs) {
            Content content =
                    new Content(
                            input.name(),
                            identifier(input, caller),
                            input.annotatorKind(),
                            input.label(),
                            input.score(),
                            input.explanation(),
                            metadata(input.metadata()),
                            input.source(),
                            caller.userId());
            String targetId = Objects.requireNonNull(targetIds.get(input.targetId()));
            drafts.add(new Draft(targetId, input.position(), content));
        }
        return written(target, writer.write(target, drafts, Author.of(caller)));
    }

    /** People who annotate in the interface each have a slot of their own. */
    private static String identifier(Create input, Principal caller) {
        String given = input.identifier();
        if (given != null && !given.isBlank()) {
            return given;
        }
        Long user = caller.userId();
        return user == null || input.source() == AnnotationSource.API
                ? ""
                : "px-app:" + GlobalId.encode(User.TYPE, user);
    }

    List<AnnotationNode> createNotes(
            Target target, List<Note> inputs, DataFetchingEnvironment environment) {
        AnnotationInputs.requireSome("note", inputs);
        Principal caller = CurrentPrincipal.of(environment);
        Map<String, String> targetIds =
                targetIds(
                        target,
                        inputs.stream().<@Nullable String>map(note -> note.target().id()).toList());
        List<Draft> drafts = new ArrayList<>();
        for (Note input : inputs) {
            String text = input.note().strip();
            if (text.isEmpty()) {
                throw ApiException.badRequest("a note must not be blank");
            }
            String given = input.identifier() == null ? "" : input.identifier().strip();
            Content content =
                    new Content(
                            Annotation.NOTE,
                            given.isEmpty()
                                    ? "px-%s-note:%s".formatted(target.noun(), UUID.randomUUID())
                                    : given,
                            input.annotatorKind(),
                            null,
                            null,
                            text,
                            "{}",
                            input.source(),
                            caller.userId());
            String name = input.target().name();
            String targetId =
                    name == null
                            ? Objects.requireNonNull(targetIds.get(input.target().id()))
                            : name;
            drafts.add(Draft.of(targetId, content));
        }
        return written(target, writer.write(target, drafts, Author.of(caller)));
    }

    List<AnnotationNode> patch(
            Target target, List<Patch> patches, DataFetchingEnvironment environment) {
        List<Long> keys =
                List.copyOf(
                        AnnotationInputs.keys(
                                target, patches.stream().map(Patch::annotationId).toList()));
        Map<Long, Function<Annotation, Content>> changes = new LinkedHashMap<>();
        for (int i = 0; i < patches.size(); i++) {
            Patch patch = patches.get(i);
            if (!patch.name().isOmitted()) {
                refuseNoteName(target, Objects.requireNonNullElse(patch.name().value(), ""));
            }
            changes.put(keys.get(i), before -> patch.apply(before, this::metadata));
        }
        return nodes(editor.change(target, changes, author(environment)));
    }

    AnnotationNode update(Target target, Update update, DataFetchingEnvironment environment) {
        refuseNoteName(target, update.name());
        long key = AnnotationInputs.key(target.type(), update.id());
        Map<Long, Function<Annotation, Content>> change =
                Map.of(key, before -> update.apply(before, this::metadata));
        return nodes(editor.change(target, change, author(environment))).getFirst();
    }

    List<AnnotationNode> delete(
            Target target,
            AnnotationEditor.Sort sort,
            Delete input,
            DataFetchingEnvironment environment) {
        return nodes(
                editor.delete(
                        target,
                        sort,
                        AnnotationInputs.keys(target, input.annotationIds()),
                        Caller.of(environment)));
    }

    int deleteAll(
            Target target, AnnotationInputs.DeleteAll input, DataFetchingEnvironment environment) {
        Project project = projects.require(input.projectId());
        Caller caller = Caller.of(environment);
        TimeRange range = TimeRange.orAll(input.timeRange());
        return switch (input.timeRangeField()) {
            case ANNOTATION_CREATED_AT ->
                    deletion.deleteByCreation(
                            target, project, input.annotationName(), range, caller);
            case SOURCE_START_TIME ->
                    deletion.deleteBySource(target, project, input.annotationName(), range, caller);
        };
    }

    /** The ids that senders know, by the ids of nodes. */
    private Map<String, String> targetIds(Target target, List<@Nullable String> nodeIds) {
        Map<String, Long> keys = new LinkedHashMap<>();
        for (String id : nodeIds) {
            if (id != null) {
                keys.put(id, AnnotationInputs.key(target.targetType(), id));
            }
        }
        Map<Long, String> found =
                keys.isEmpty() ? Map.of() : targets.idsOf(database, target, keys.values());
        List<String> missing =
                keys.keySet().stream().filter(id -> !found.containsKey(keys.get(id))).toList();
        if (!missing.isEmpty()) {
            throw ApiException.notFound(
                    "no %s has the id %s".formatted(target.noun(), String.join(", ", missing)));
        }
        Map<String, String> ids = new LinkedHashMap<>();
        keys.forEach((id, key) -> ids.put(id, Objects.requireNonNull(found.get(key))));
        return ids;
    }

    private List<AnnotationNode> written(Target target, List<String> ids) {
        List<Long> keys = ids.stream().map(id -> AnnotationInputs.key(target.type(), id)).toList();
        return nodes(reader.byKeys(target, keys));
    }

    private String metadata(@Nullable Object metadata) {
        if (metadata instanceof Map<?, ?>) {
            return json.writeValueAsString(metadata);
        }
        throw ApiException.badRequest("metadata must be a JSON object");
    }

    private static void refuseNoteName(Target target, String name) {
        if (name.isBlank()) {
            throw ApiException.badRequest("the name of an annotation must not be blank");
        }
        if (target != Target.DOCUMENT && name.equals(Annotation.NOTE)) {
            throw ApiException.badRequest(
                    "the name note is reserved for notes; use the mutations of notes");
        }
    }

    private static Author author(DataFetchingEnvironment environment) {
        return Author.of(CurrentPrincipal.of(environment));
    }

    private static List<AnnotationNode> nodes(List<Annotation> annotations) {
        return annotations.stream().map(AnnotationNode::of).toList();
    }
}
