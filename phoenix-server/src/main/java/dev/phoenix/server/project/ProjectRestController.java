package dev.phoenix.server.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.ProjectEditor.Looks;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Projects over REST. */
@RestController
@Tag(name = "projects")
class ProjectRestController {

    private final ProjectReader projects;
    private final ProjectEditor editor;

    ProjectRestController(ProjectReader projects, ProjectEditor editor) {
        this.projects = projects;
        this.editor = editor;
    }

    @Schema(
            name = "Project",
            requiredProperties = {"name", "id"})
    record Item(String name, @Nullable String description, String id) {

        static Item of(Project project) {
            return new Item(project.name(), project.description(), project.id());
        }
    }

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetProjectsResponseBody(
            List<Item> data, @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @Schema(requiredProperties = "data")
    record GetProjectResponseBody(Item data) {}

    @Schema(requiredProperties = "name")
    record CreateProjectRequestBody(@NotBlank String name, @Nullable String description) {}

    @Schema(requiredProperties = "data")
    record CreateProjectResponseBody(Item data) {}

    record UpdateProjectRequestBody(@Nullable String description) {}

    @Schema(requiredProperties = "data")
    record UpdateProjectResponseBody(Item data) {}

    /**
     * @param experiments no experiments are stored, so there are no projects of theirs to hide
     * @param evaluators likewise
     */
    @GetMapping("/v1/projects")
    GetProjectsResponseBody getProjects(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive int limit,
            @RequestParam(name = "include_experiment_projects", defaultValue = "false")
                    boolean experiments,
            @RequestParam(name = "include_dataset_evaluator_projects", defaultValue = "false")
                    boolean evaluators,
            @RequestParam(name = "name_contains", required = false) @Nullable String nameContains) {
        String given = Cursor.given(cursor);
        Long from = given == null ? null : Cursor.key(given);
        var page = projects.newest(from, nameContains, limit);
        return new GetProjectsResponseBody(
                page.rows().stream().map(Item::of).toList(), page.firstOfNext(Project::id));
    }

    @GetMapping("/v1/projects/{project_identifier}")
    GetProjectResponseBody getProject(@PathVariable("project_identifier") String identifier) {
        return new GetProjectResponseBody(Item.of(projects.require(identifier)));
    }

    @PostMapping("/v1/projects")
    CreateProjectResponseBody createProject(
            @Valid @RequestBody CreateProjectRequestBody body, HttpServletRequest request) {
        return new CreateProjectResponseBody(
                Item.of(
                        editor.create(
                                body.name(),
                                new Looks(body.description(), null, null),
                                Caller.of(request))));
    }

    @PutMapping("/v1/projects/{project_identifier}")
    UpdateProjectResponseBody updateProject(
            @PathVariable("project_identifier") String identifier,
            @Valid @RequestBody UpdateProjectRequestBody body,
            HttpServletRequest request) {
        Project project = projects.require(identifier);
        return new UpdateProjectResponseBody(
                Item.of(
                        editor.update(
                                project,
                                new Looks(body.description(), null, null),
                                Caller.of(request))));
    }
}
