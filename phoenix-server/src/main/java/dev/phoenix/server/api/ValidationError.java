package dev.phoenix.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One invalid parameter or body field. {@code loc} holds names, and list indexes as integers. */
public record ValidationError(
        String type,
        List<Object> loc,
        String msg,
        @Nullable Object input,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> ctx) {

    /** A body field without more to say than what is wrong. */
    public static ValidationError of(String type, List<Object> loc, String msg) {
        return new ValidationError(type, loc, msg, null, Map.of());
    }

    /** A body field whose value is wrong; one that is not there has none. */
    public static ValidationError of(String type, List<Object> loc, String msg, JsonNode input) {
        return new ValidationError(type, loc, msg, WrongInput.shown(input), Map.of());
    }

    /** The body of a 422 answer to a malformed request. */
    @Schema(name = "HTTPValidationError")
    public record Detail(List<ValidationError> detail) {}
}
