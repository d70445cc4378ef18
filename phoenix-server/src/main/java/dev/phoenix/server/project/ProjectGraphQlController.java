package dev.phoenix.server.project;

import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.GraphQlEnums;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.api.SortDirection;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.ProjectEditor.Looks;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Controller;

/**
 * Projects over GraphQL. What is derived from their traces and sessions is resolved by those
 * features.
 */
@Controller
class ProjectGraphQlController implements NodeSource {

    private static final int DEFAULT_PAGE = 50;

    private final ProjectReader projects;
    private final ProjectEditor editor;
    private final ProjectChanges changes;

    ProjectGraphQlController(ProjectReader projects, ProjectEditor editor, ProjectChanges changes) {
        this.projects = projects;
        this.editor = editor;
        this.changes = changes;
    }

    @Bean
    static RuntimeWiringConfigurer projectEnums() {
        return wiring -> GraphQlEnums.wire(wiring, "ProjectColumn", ProjectColumn.values());
    }

    record ProjectSort(ProjectColumn col, SortDirection dir) {}

    /** Names are the only column there is to filter by. */
    record ProjectFilter(String value) {}

    record CreateProjectInput(
            String name,
            @Nullable String description,
            @Nullable String gradientStartColor,
            @Nullable String gradientEndColor) {}

    record PatchProjectInput(
            String id,
            @Nullable String description,
            @Nullable String gradientStartColor,
            @Nullable String gradientEndColor) {}

    /** What a mutation answers; everything else can be asked for beside it. */
    record Payload(Project project) {

        public Object query() {
            return this;
        }
    }

    @QueryMapping
    Connection<Project> projects(
            @Argument @Nullable Integer first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before,
            @Argument @Nullable ProjectSort sort,
            @Argument @Nullable ProjectFilter filter) {
        var keyset =
                sort == null
                        ? projects.keyset(null, SortDirection.ASC)
                        : projects.keyset(sort.col(), sort.dir());
        String part = filter == null ? null : filter.value();
        ConnectionRange range =
                ConnectionRange.of(first == null ? DEFAULT_PAGE : first, last, after, before);
        return range.connection(projects.list(keyset, range, part));
    }

    @QueryMapping
    @Nullable Project getProjectByName(@Argument String name) {
        return projects.findByName(name).orElse(null);
    }

    @QueryMapping
    @Nullable Instant projectsLastUpdatedAt() {
        Instant change = changes.newest();
        return change == null ? projects.lastUpdate() : change;
    }

    @QueryMapping
    int projectCount() {
        return projects.count();
    }

    @MutationMapping
    Payload createProject(@Argument CreateProjectInput input, DataFetchingEnvironment environment) {
        return new Payload(
                editor.create(
                        input.name(),
                        new Looks(
                                input.description(),
                                input.gradientStartColor(),
                                input.gradientEndColor()),
                        Caller.of(environment)));
    }

    @MutationMapping
    Payload patchProject(@Argument PatchProjectInput input, DataFetchingEnvironment environment) {
        return new Payload(
                editor.update(
                        projects.require(input.id()),
                        new Looks(
                                input.description(),
                                input.gradientStartColor(),
                                input.gradientEndColor()),
                        Caller.of(environment)));
    }

    @Override
    public String type() {
        return Project.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return projects.find(key).orElse(null);
    }
}
