package dev.phoenix.server.auth.apikey;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.InvalidBody;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.api.ValidationError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body that creates a key, as documented and as read. */
final class NewKeyBody {

    private NewKeyBody() {}

    @Schema(name = "CreateApiKeyRequestBody", requiredProperties = "data")
    record Documented(ApiKeyData data) {}

    @Schema(name = "ApiKeyData", requiredProperties = "name")
    record ApiKeyData(
            String name,
            @Nullable String description,
            @JsonProperty("expires_at") @Nullable Instant expiresAt) {}

    static ApiKeys.Wanted read(JsonNode body) {
        JsonNode data = body.path("data");
        if (!data.isObject()) {
            throw invalid("missing", List.of("body", "data"), "Field required");
        }
        JsonNode name = data.path("name");
        if (!name.isString()) {
            throw invalid(
                    name.isMissingNode() ? "missing" : "string_type",
                    List.of("body", "data", "name"),
                    name.isMissingNode() ? "Field required" : "Input should be a valid string");
        }
        if (name.asString().isBlank()) {
            throw invalid(
                    "string_too_short",
                    List.of("body", "data", "name"),
                    "String should have at least 1 character");
        }
        return new ApiKeys.Wanted(name.asString(), description(data), expiresAt(data));
    }

    private static @Nullable String description(JsonNode data) {
        JsonNode description = data.path("description");
        if (description.isMissingNode() || description.isNull()) {
            return null;
        }
        if (!description.isString()) {
            throw invalid(
                    "string_type",
                    List.of("body", "data", "description"),
                    "Input should be a valid string");
        }
        return description.asString();
    }

    private static @Nullable Instant expiresAt(JsonNode data) {
        JsonNode time = data.path("expires_at");
        if (time.isMissingNode() || time.isNull()) {
            return null;
        }
        try {
            if (time.isString() || time.isNumber()) {
                return Timestamps.parse(time.asString());
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Said below.
        }
        throw invalid(
                "datetime_parsing",
                List.of("body", "data", "expires_at"),
                "Input should be a valid datetime such as 2030-01-31T12:00:00+00:00");
    }

    private static InvalidBody invalid(String type, List<Object> where, String message) {
        return new InvalidBody(List.of(ValidationError.of(type, where, message)));
    }
}
