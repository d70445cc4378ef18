package dev.phoenix.server.annotation.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.annotation.config.Definition.Categorical;
import dev.phoenix.server.annotation.config.Definition.Continuous;
import dev.phoenix.server.annotation.config.Definition.Freeform;
import dev.phoenix.server.api.InvalidBody;
import dev.phoenix.server.api.ValidationError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of a config: which members it has depends on its type. */
final class ConfigBody {

    private final JsonNode body;
    private final List<ValidationError> errors = new ArrayList<>();

    private ConfigBody(JsonNode body) {
        this.body = body;
    }

    @Schema(
            name = "CreateAnnotationConfigData",
            oneOf = {CategoricalData.class, ContinuousData.class, FreeformData.class})
    interface Documented {}

    @Schema(
            name = "CategoricalAnnotationConfigData",
            requiredProperties = {"name", "type", "optimization_direction", "values"})
    record CategoricalData(
            String name,
            String type,
            @Nullable String description,
            @JsonProperty("optimization_direction") OptimizationDirection optimizationDirection,
            List<Choice> values) {}

    @Schema(
            name = "ContinuousAnnotationConfigData",
            requiredProperties = {"name", "type", "optimization_direction"})
    record ContinuousData(
            String name,
            String type,
            @Nullable String description,
            @JsonProperty("optimization_direction") OptimizationDirection optimizationDirection,
            @JsonProperty("lower_bound") @Nullable Double lowerBound,
            @JsonProperty("upper_bound") @Nullable Double upperBound) {}

    @Schema(
            name = "FreeformAnnotationConfigData",
            requiredProperties = {"name", "type"})
    record FreeformData(
            String name,
            String type,
            @Nullable String description,
            @JsonProperty("optimization_direction")
                    @Nullable OptimizationDirection optimizationDirection,
            @Nullable Double threshold,
            @JsonProperty("lower_bound") @Nullable Double lowerBound,
            @JsonProperty("upper_bound") @Nullable Double upperBound) {}

    static Definition read(JsonNode body) {
        return new ConfigBody(body).definition();
    }

    private Definition definition() {
        if (!body.isObject()) {
            throw new InvalidBody(
                    List.of(
                            ValidationError.of(
                                    "model_attributes_type",
                                    List.of("body"),
                                    "Input should be an object",
                                    body)));
        }
        AnnotationType type = constant("type", AnnotationType.values());
        if (type == null) {
            refuse(
                    "union_tag_invalid",
                    "type",
                    "Input should be one of " + Arrays.toString(AnnotationType.values()));
            throw new InvalidBody(errors);
        }
        return switch (type) {
            case CATEGORICAL -> categorical();
            case CONTINUOUS -> continuous();
            case FREEFORM -> freeform();
        };
    }

    private Definition categorical() {
        String name = required("name");
        String description = optional("description");
        OptimizationDirection direction = requiredDirection();
        List<Choice> choices = choices();
        check();
        return new Categorical(name, description, direction, choices);
    }

    private Definition continuous() {
        String name = required("name");
        String description = optional("description");
        OptimizationDirection direction = requiredDirection();
        Double lower = number("lower_bound");
        Double upper = number("upper_bound");
        check();
        return new Continuous(name, description, direction, lower, upper);
    }

    private Definition freeform() {
        String name = required("name");
        String description = optional("description");
        OptimizationDirection direction =
                isGiven("optimization_direction") ? requiredDirection() : null;
        Double threshold = number("threshold");
        Double lower = number("lower_bound");
        Double upper = number("upper_bound");
        check();
        return new Freeform(name, description, direction, threshold, lower, upper);
    }

    private void check() {
        if (!errors.isEmpty()) {
            throw new InvalidBody(errors);
        }
    }

    private List<Choice> choices() {
        JsonNode values = body.path("values");
        if (!values.isArray()) {
            refuse(
                    values.isMissingNode() ? "missing" : "list_type",
                    "values",
                    values.isMissingNode() ? "Field required" : "Input should be a valid list");
            return List.of();
        }
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            JsonNode label = values.get(i).path("label");
            JsonNode score = values.get(i).path("score");
            if (!label.isString()) {
                refuse(i, "label", "string_type", "Input should be a valid string");
            } else if (!score.isMissingNode() && !score.isNull() && !score.isNumber()) {
                refuse(i, "score", "float_type", "Input should be a valid number");
            } else {
                choices.add(
                        new Choice(label.asString(), score.isNumber() ? score.asDouble() : null));
            }
        }
        return choices;
    }

    private OptimizationDirection requiredDirection() {
        OptimizationDirection direction =
                constant("optimization_direction", OptimizationDirection.values());
        if (direction == null) {
            boolean missing = body.path("optimization_direction").isMissingNode();
            refuse(
                    missing ? "missing" : "enum",
                    "optimization_direction",
                    missing
                            ? "Field required"
                            : "Input should be one of "
                                    + Arrays.toString(OptimizationDirection.values()));
            return OptimizationDirection.NONE;
        }
        return direction;
    }

    private <E extends Enum<E>> @Nullable E constant(String member, E[] constants) {
        String given = body.path(member).asString("");
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equals(given))
                .findFirst()
                .orElse(null);
    }

    private String required(String member) {
        JsonNode value = body.path(member);
        if (!value.isString()) {
            refuse(
                    value.isMissingNode() ? "missing" : "string_type",
                    member,
                    value.isMissingNode() ? "Field required" : "Input should be a valid string");
        }
        return value.asString("");
    }

    private @Nullable String optional(String member) {
        if (!isGiven(member)) {
            return null;
        }
        return required(member);
    }

    private @Nullable Double number(String member) {
        if (!isGiven(member)) {
            return null;
        }
        JsonNode value = body.path(member);
        if (!value.isNumber()) {
            refuse("float_type", member, "Input should be a valid number");
            return null;
        }
        return value.asDouble();
    }

    private boolean isGiven(String member) {
        JsonNode value = body.path(member);
        return !value.isMissingNode() && !value.isNull();
    }

    private void refuse(String code, String member, String message) {
        errors.add(ValidationError.of(code, List.of("body", member), message, body.path(member)));
    }

    private void refuse(int index, String member, String code, String message) {
        errors.add(
                ValidationError.of(
                        code,
                        List.of("body", "values", index, member),
                        message,
                        body.path("values").get(index).path(member)));
    }
}
