package dev.phoenix.server.annotation.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.annotation.config.ConfigEditor.Assignment;
import dev.phoenix.server.annotation.config.ConfigItem.CategoricalItem;
import dev.phoenix.server.annotation.config.ConfigItem.ContinuousItem;
import dev.phoenix.server.annotation.config.ConfigItem.FreeformItem;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Page;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Annotation configs over REST. */
@RestController
@Tag(name = "annotation_configs")
class ConfigRestController {

    private final ConfigReader reader;
    private final ConfigEditor editor;
    private final ProjectReader projects;

    ConfigRestController(ConfigReader reader, ConfigEditor editor, ProjectReader projects) {
        this.reader = reader;
        this.editor = editor;
        this.projects = projects;
    }

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetAnnotationConfigsResponseBody(
            @ArraySchema(
                            schema =
                                    @Schema(
                                            oneOf = {
                                                CategoricalItem.class,
                                                ContinuousItem.class,
                                                FreeformItem.class
                                            }))
                    List<Object> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @Schema(requiredProperties = "data")
    record GetAnnotationConfigResponseBody(
            @Schema(oneOf = {CategoricalItem.class, ContinuousItem.class, FreeformItem.class})
                    Object data) {}

    @Schema(requiredProperties = "data")
    record CreateAnnotationConfigResponseBody(
            @Schema(oneOf = {CategoricalItem.class, ContinuousItem.class, FreeformItem.class})
                    Object data) {}

    @Schema(requiredProperties = "data")
    record UpdateAnnotationConfigResponseBody(
            @Schema(oneOf = {CategoricalItem.class, ContinuousItem.class, FreeformItem.class})
                    Object data) {}

    @Schema(requiredProperties = "data")
    record DeleteAnnotationConfigResponseBody(
            @Schema(oneOf = {CategoricalItem.class, ContinuousItem.class, FreeformItem.class})
                    Object data) {}

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetProjectAnnotationConfigsResponseBody(
            @ArraySchema(
                            schema =
                                    @Schema(
                                            oneOf = {
                                                CategoricalItem.class,
                                                ContinuousItem.class,
                                                FreeformItem.class
                                            }))
                    List<Object> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @Schema(requiredProperties = "annotation_config_ids")
    record SetProjectAnnotationConfigsRequestBody(
            @NotNull @JsonProperty("annotation_config_ids")
                    List<@NotNull String> annotationConfigIds) {}

    @Schema(requiredProperties = {"data", "next_cursor"})
    record SetProjectAnnotationConfigsResponseBody(
            @ArraySchema(
                            schema =
                                    @Schema(
                                            oneOf = {
                                                CategoricalItem.class,
                                                ContinuousItem.class,
                                                FreeformItem.class
                                            }))
                    List<Object> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @Schema(requiredProperties = "data")
    record AssignAnnotationConfigToProjectResponseBody(
            @Schema(oneOf = {CategoricalItem.class, ContinuousItem.class, FreeformItem.class})
                    Object data) {}

    @GetMapping("/v1/annotation_configs")
    GetAnnotationConfigsResponseBody listAnnotationConfigs(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive int limit) {
        Page<AnnotationConfig> page = reader.newest(null, from(cursor), limit);
        return new GetAnnotationConfigsResponseBody(
                ConfigItem.of(page.rows()), page.firstOfNext(AnnotationConfig::id));
    }

    @GetMapping("/v1/annotation_configs/{config_identifier}")
    GetAnnotationConfigResponseBody getAnnotationConfig(
            @PathVariable("config_identifier") String identifier) {
        return new GetAnnotationConfigResponseBody(ConfigItem.of(reader.require(identifier)));
    }

    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ConfigBody.Documented.class)))
    @PostMapping("/v1/annotation_configs")
    CreateAnnotationConfigResponseBody createAnnotationConfig(
            @RequestBody JsonNode body, HttpServletRequest request) {
        return new CreateAnnotationConfigResponseBody(
                ConfigItem.of(editor.create(ConfigBody.read(body), Caller.of(request))));
    }

    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ConfigBody.Documented.class)))
    @PutMapping("/v1/annotation_configs/{config_id}")
    UpdateAnnotationConfigResponseBody updateAnnotationConfig(
            @PathVariable("config_id") String id,
            @RequestBody JsonNode body,
            HttpServletRequest request) {
        return new UpdateAnnotationConfigResponseBody(
                ConfigItem.of(
                        editor.update(key(id), ConfigBody.read(body), Caller.of(request))
                                .orElseThrow(() -> notFound(id))));
    }

    @DeleteMapping("/v1/annotation_configs/{config_id}")
    DeleteAnnotationConfigResponseBody deleteAnnotationConfig(
            @PathVariable("config_id") String id, HttpServletRequest request) {
        List<AnnotationConfig> deleted = editor.delete(List.of(key(id)), Caller.of(request));
        if (deleted.isEmpty()) {
            throw notFound(id);
        }
        return new DeleteAnnotationConfigResponseBody(ConfigItem.of(deleted.getFirst()));
    }

    @GetMapping("/v1/projects/{project_identifier}/annotation_configs")
    GetProjectAnnotationConfigsResponseBody getProjectAnnotationConfigs(
            @PathVariable("project_identifier") String project,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive int limit) {
        Long from = from(cursor);
        Page<AnnotationConfig> page = reader.newest(projects.require(project).key(), from, limit);
        return new GetProjectAnnotationConfigsResponseBody(
                ConfigItem.of(page.rows()), page.firstOfNext(AnnotationConfig::id));
    }

    @PutMapping("/v1/projects/{project_identifier}/annotation_configs")
    SetProjectAnnotationConfigsResponseBody setProjectAnnotationConfigs(
            @PathVariable("project_identifier") String identifier,
            @Valid @RequestBody SetProjectAnnotationConfigsRequestBody body,
            HttpServletRequest request) {
        Project project = projects.require(identifier);
        Set<Long> wanted = new LinkedHashSet<>();
        for (String id : body.annotationConfigIds()) {
            wanted.add(
                    AnnotationType.keyOf(id)
                            .orElseThrow(
                                    () ->
                                            ApiException.unprocessable(
                                                    "annotation_config_ids must be ids of"
                                                            + " annotation configs, was "
                                                            + id)));
        }
        List<AnnotationConfig> configs = reader.byKeys(wanted);
        if (configs.size() < wanted.size()) {
            throw ApiException.unprocessable(
                    "annotation_config_ids must be ids of configs that exist: %d of %d do not"
                            .formatted(wanted.size() - configs.size(), wanted.size()));
        }
        editor.set(project, configs, Caller.of(request));
        return new SetProjectAnnotationConfigsResponseBody(ConfigItem.of(configs), null);
    }

    @PutMapping("/v1/projects/{project_identifier}/annotation_configs/{config_identifier}")
    AssignAnnotationConfigToProjectResponseBody assignAnnotationConfigToProject(
            @PathVariable("project_identifier") String project,
            @PathVariable("config_identifier") String identifier,
            HttpServletRequest request) {
        Project owner = projects.require(project);
        AnnotationConfig config = reader.require(identifier);
        editor.assign(List.of(new Assignment(owner, config)), Caller.of(request));
        return new AssignAnnotationConfigToProjectResponseBody(ConfigItem.of(config));
    }

    @DeleteMapping("/v1/projects/{project_identifier}/annotation_configs/{config_identifier}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unassignAnnotationConfigFromProject(
            @PathVariable("project_identifier") String project,
            @PathVariable("config_identifier") String identifier,
            HttpServletRequest request) {
        Project owner = projects.require(project);
        AnnotationConfig config = reader.require(identifier);
        editor.unassign(List.of(new Assignment(owner, config)), Caller.of(request));
    }

    /** Unlike other lists, these answer 400: clients know them so. */
    private static @Nullable Long from(@Nullable String cursor) {
        String given = Cursor.given(cursor);
        if (given == null) {
            return null;
        }
        return AnnotationType.keyOf(given)
                .orElseThrow(
                        () ->
                                ApiException.badRequest(
                                        "Invalid cursor: %s is no id of an annotation config; start again without one"
                                                .formatted(given)));
    }

    private static long key(String id) {
        if (GlobalId.parse(id).isEmpty()) {
            throw ApiException.unprocessable(
                    "config_id must be the id of an annotation config, was " + id);
        }
        return AnnotationType.keyOf(id)
                .orElseThrow(
                        () ->
                                ApiException.badRequest(
                                        "config_id must be the id of an annotation config, was the"
                                                + " id of something else: "
                                                + id));
    }

    private static ApiException notFound(String id) {
        return ApiException.notFound("no annotation config has the id " + id);
    }
}
