package dev.phoenix.server.ingest.removal;

import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.ProjectReader;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deletes projects over REST. */
@RestController
@Tag(name = "projects")
class ProjectRemovalController {

    private final ProjectReader projects;
    private final ProjectRemovals removals;

    ProjectRemovalController(ProjectReader projects, ProjectRemovals removals) {
        this.projects = projects;
        this.removals = removals;
    }

    @DeleteMapping("/v1/projects/{project_identifier}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteProject(
            @PathVariable("project_identifier") String identifier, HttpServletRequest request) {
        removals.delete(projects.require(identifier), Caller.of(request));
    }
}
