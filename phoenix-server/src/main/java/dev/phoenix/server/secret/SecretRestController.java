package dev.phoenix.server.secret;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.InvalidBody;
import dev.phoenix.server.api.StrictJson;
import dev.phoenix.server.api.ValidationError;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.browser.ClientAddress;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Sets secrets over REST. No operation tells them. */
@RestController
@Tag(name = "secrets")
class SecretRestController {

    private static final int MOST = 1000;

    private static final int LONGEST_BODY = 1024 * 1024;

    private final StrictJson json;
    private final SecretEditor editor;

    SecretRestController(StrictJson json, SecretEditor editor) {
        this.json = json;
        this.editor = editor;
    }

    @Schema(name = "UpsertOrDeleteSecretsRequest", requiredProperties = "secrets")
    record Body(List<SecretKeyValue> secrets) {}

    @Schema(
            name = "SecretKeyValue",
            requiredProperties = {"key", "value"})
    record SecretKeyValue(String key, @Nullable String value) {}

    @Schema(
            name = "UpsertOrDeleteSecretsResult",
            requiredProperties = {"upserted_keys", "deleted_keys"})
    record Result(
            @JsonProperty("upserted_keys") List<String> upsertedKeys,
            @JsonProperty("deleted_keys") List<String> deletedKeys) {}

    @Schema(name = "ResponseBody_UpsertOrDeleteSecretsResult_", requiredProperties = "data")
    record Answer(Result data) {}

    @PutMapping("/v1/secrets")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = Body.class)))
    Answer upsertOrDeleteSecrets(HttpServletRequest request) {
        SecretEditor.Outcome outcome =
                editor.apply(
                        changes(json.read(request, LONGEST_BODY)),
                        CurrentPrincipal.of(request).actor(),
                        ClientAddress.of(request));
        return new Answer(new Result(outcome.upserted(), outcome.deleted()));
    }

    private static List<SecretChange> changes(JsonNode body) {
        JsonNode secrets = body.path("secrets");
        if (!secrets.isArray()) {
            throw secrets.isMissingNode()
                    ? invalid("missing", List.of("body", "secrets"), "Field required")
                    : invalid(
                            "list_type",
                            List.of("body", "secrets"),
                            "Input should be a valid list");
        }
        if (secrets.isEmpty() || secrets.size() > MOST) {
            throw invalid(
                    secrets.isEmpty() ? "too_short" : "too_long",
                    List.of("body", "secrets"),
                    "List should have 1 to %d items".formatted(MOST));
        }
        List<SecretChange> changes = new ArrayList<>();
        for (int i = 0; i < secrets.size(); i++) {
            JsonNode value = secrets.get(i).path("value");
            String key = text(secrets.get(i).path("key"), i, "key");
            changes.add(SecretChange.checked(key, value.isNull() ? null : text(value, i, "value")));
        }
        return changes;
    }

    private static String text(JsonNode member, int place, String name) {
        if (member.isString()) {
            return member.asString();
        }
        List<Object> where = List.of("body", "secrets", place, name);
        throw member.isMissingNode()
                ? invalid("missing", where, "Field required")
                : invalid("string_type", where, "Input should be a valid string");
    }

    private static InvalidBody invalid(String type, List<Object> where, String message) {
        return new InvalidBody(List.of(ValidationError.of(type, where, message)));
    }
}
