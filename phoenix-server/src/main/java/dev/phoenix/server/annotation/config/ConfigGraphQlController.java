package dev.phoenix.server.annotation.config;

import dev.phoenix.server.annotation.config.ConfigEditor.Assignment;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Annotation configs over GraphQL. */
@Controller
class ConfigGraphQlController {

    private static final int MOST = 1000;
    private static final int DEFAULT_PAGE = 50;

    private final ConfigReader reader;
    private final ConfigEditor editor;
    private final ProjectReader projects;

    ConfigGraphQlController(ConfigReader reader, ConfigEditor editor, ProjectReader projects) {
        this.reader = reader;
        this.editor = editor;
        this.projects = projects;
    }

    @Bean
    static NodeSource categoricalConfigs(ConfigReader reader) {
        return new Nodes(AnnotationType.CATEGORICAL, reader);
    }

    @Bean
    static NodeSource continuousConfigs(ConfigReader reader) {
        return new Nodes(AnnotationType.CONTINUOUS, reader);
    }

    @Bean
    static NodeSource freeformConfigs(ConfigReader reader) {
        return new Nodes(AnnotationType.FREEFORM, reader);
    }

    private record Nodes(AnnotationType kind, ConfigReader reader) implements NodeSource {

        @Override
        public String type() {
            return kind.node();
        }

        @Override
        public @Nullable Object find(long key) {
            return reader.find(key)
                    .filter(config -> config.definition().type() == kind)
                    .map(ConfigNode::of)
                    .orElse(null);
        }
    }

    record CreateInput(ConfigInput annotationConfig) {}

    record UpdateInput(String id, ConfigInput annotationConfig) {}

    record DeleteInput(List<String> ids) {}

    record AssignmentInput(String projectId, String annotationConfigId) {}

    /** What a mutation answers; everything else can be asked for beside it. */
    record Payload(ConfigNode annotationConfig) {

        public Object query() {
            return this;
        }
    }

    record DeletePayload(List<ConfigNode> annotationConfigs) {

        public Object query() {
            return this;
        }
    }

    record ProjectPayload(Project project) {

        public Object query() {
            return this;
        }
    }

    @QueryMapping
    Connection<ConfigNode> annotationConfigs(
            @Argument @Nullable Integer first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before) {
        return reader.list(null, null, range(first, last, after, before), ConfigNode::of);
    }

    @SchemaMapping(typeName = "Project", field = "annotationConfigs")
    Connection<ConfigNode> ofProject(
            Project project,
            @Argument @Nullable Integer first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before,
            @Argument @Nullable List<String> names) {
        return reader.list(project.key(), names, range(first, last, after, before), ConfigNode::of);
    }

    private static ConnectionRange range(
            @Nullable Integer first,
            @Nullable Integer last,
            @Nullable String after,
            @Nullable String before) {
        return ConnectionRange.of(first == null ? DEFAULT_PAGE : first, last, after, before);
    }

    @MutationMapping
    Payload createAnnotationConfig(
            @Argument CreateInput input, DataFetchingEnvironment environment) {
        return new Payload(
                ConfigNode.of(
                        editor.create(
                                input.annotationConfig().definition(), Caller.of(environment))));
    }

    @MutationMapping
    Payload updateAnnotationConfig(
            @Argument UpdateInput input, DataFetchingEnvironment environment) {
        return new Payload(
                ConfigNode.of(
                        editor.update(
                                        key(input.id()),
                                        input.annotationConfig().definition(),
                                        Caller.of(environment))
                                .orElseThrow(() -> notFound(input.id()))));
    }

    @MutationMapping
    DeletePayload deleteAnnotationConfigs(
            @Argument DeleteInput input, DataFetchingEnvironment environment) {
        checkSize("ids", input.ids().size());
        List<AnnotationConfig> deleted =
                editor.delete(
                        input.ids().stream().map(ConfigGraphQlController::key).toList(),
                        Caller.of(environment));
        if (deleted.isEmpty()) {
            throw notFound(String.join(", ", input.ids()));
        }
        return new DeletePayload(deleted.stream().map(ConfigNode::of).toList());
    }

    @MutationMapping
    ProjectPayload addAnnotationConfigToProject(
            @Argument List<AssignmentInput> input, DataFetchingEnvironment environment) {
        List<Assignment> assignments = assignments(input);
        editor.assign(assignments, Caller.of(environment));
        return new ProjectPayload(projects.require(input.getFirst().projectId()));
    }

    @MutationMapping
    ProjectPayload removeAnnotationConfigFromProject(
            @Argument List<AssignmentInput> input, DataFetchingEnvironment environment) {
        List<Assignment> assignments = assignments(input);
        editor.unassign(assignments, Caller.of(environment));
        return new ProjectPayload(projects.require(input.getFirst().projectId()));
    }

    private List<Assignment> assignments(List<AssignmentInput> input) {
        checkSize("input", input.size());
        return input.stream()
                .map(
                        one ->
                                new Assignment(
                                        projects.require(one.projectId()),
                                        existing(one.annotationConfigId())))
                .toList();
    }

    private AnnotationConfig existing(String id) {
        return reader.find(key(id)).orElseThrow(() -> notFound(id));
    }

    private static long key(String id) {
        return AnnotationType.keyOf(id)
                .orElseThrow(
                        () ->
                                ApiException.badRequest(
                                        "id must be the id of an annotation config, was " + id));
    }

    private static void checkSize(String what, int size) {
        if (size < 1 || size > MOST) {
            throw ApiException.badRequest(
                    "%s must have 1..%d entries, had %d".formatted(what, MOST, size));
        }
    }

    private static ApiException notFound(String id) {
        return ApiException.notFound("no annotation config has the id " + id);
    }
}
