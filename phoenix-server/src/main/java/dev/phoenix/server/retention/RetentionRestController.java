package dev.phoenix.server.retention;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.InvalidBody;
import dev.phoenix.server.api.ValidationError;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Which policy a project has, over REST. Policies themselves are changed over GraphQL. */
@RestController
@Tag(name = "projects")
class RetentionRestController {

    private final ProjectReader projects;
    private final Policies policies;
    private final PolicyEditor editor;

    RetentionRestController(ProjectReader projects, Policies policies, PolicyEditor editor) {
        this.projects = projects;
        this.policies = policies;
        this.editor = editor;
    }

    @Schema(requiredProperties = "policy_id")
    record SetProjectRetentionPolicyRequestBody(
            @JsonProperty("policy_id") @Nullable String policyId) {}

    @Schema(requiredProperties = {"project_id", "policy_id"})
    record ProjectRetentionPolicyData(
            @JsonProperty("project_id") String projectId,
            @JsonProperty("policy_id") @Nullable String policyId) {}

    @Schema(requiredProperties = "data")
    record SetProjectRetentionPolicyResponseBody(ProjectRetentionPolicyData data) {}

    /** Null asks for the default, and must be said. */
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema =
                                    @Schema(
                                            implementation =
                                                    SetProjectRetentionPolicyRequestBody.class)))
    @PatchMapping("/v1/projects/{project_identifier}/retention")
    SetProjectRetentionPolicyResponseBody setProjectRetentionPolicy(
            @PathVariable("project_identifier") String identifier,
            @RequestBody JsonNode body,
            HttpServletRequest request) {
        String id = policyId(body);
        ProjectTraceRetentionPolicy wanted = id == null ? null : policies.require(id);
        Project project = projects.require(identifier);
        boolean isDefault = wanted == null || wanted.key() == ProjectTraceRetentionPolicy.DEFAULT;
        ProjectTraceRetentionPolicy policy = isDefault ? null : wanted;
        editor.point(project.key(), project.name(), policy, Caller.of(request));
        return new SetProjectRetentionPolicyResponseBody(
                new ProjectRetentionPolicyData(project.id(), policy == null ? null : policy.id()));
    }

    private static @Nullable String policyId(JsonNode body) {
        JsonNode id = body.path("policy_id");
        if (!body.isObject() || id.isMissingNode()) {
            throw invalid("missing", "Field required; null asks for the default policy", id);
        }
        if (id.isNull()) {
            return null;
        }
        if (!id.isString()) {
            throw invalid("string_type", "Input should be a valid string", id);
        }
        return id.asString();
    }

    private static InvalidBody invalid(String code, String message, JsonNode input) {
        return new InvalidBody(
                List.of(ValidationError.of(code, List.of("body", "policy_id"), message, input)));
    }
}
