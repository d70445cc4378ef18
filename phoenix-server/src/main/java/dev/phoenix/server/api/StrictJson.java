package dev.phoenix.server.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the small JSON objects that decide who may do what, whatever content type they name.
 * Nothing in them can be read in two ways: no member twice, no NUL.
 */
@Component
public class StrictJson {

    private static final int LONGEST = 64 * 1024;

    private final JsonMapper lenient = JsonMapper.shared();
    private final JsonMapper strict =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** The object a request brings. */
    public JsonNode read(HttpServletRequest request) {
        return read(request, LONGEST);
    }

    /** The object a request brings, which may be longer than such objects usually are. */
    public JsonNode read(HttpServletRequest request, int longest) {
        byte[] body = bytes(request, longest);
        try {
            lenient.readTree(body);
        } catch (JacksonException e) {
            throw InvalidBody.notJson();
        }
        JsonNode object = unambiguous(body);
        if (!object.isObject()) {
            throw object.isMissingNode() ? InvalidBody.notJson() : notAnObject();
        }
        return object;
    }

    /** A member that is a text with something in it. */
    public static Optional<String> text(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isString() && !value.asString().isEmpty()
                ? Optional.of(value.asString())
                : Optional.empty();
    }

    private JsonNode unambiguous(byte[] body) {
        try {
            JsonNode read = strict.readTree(body);
            if (read.toString().contains("\\u0000")) {
                throw ambiguous();
            }
            return read;
        } catch (JacksonException e) {
            throw ambiguous();
        }
    }

    private static byte[] bytes(HttpServletRequest request, int longest) {
        try (InputStream body = request.getInputStream()) {
            byte[] bytes = body.readNBytes(longest + 1);
            if (bytes.length > longest) {
                throw new ApiException(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "the request body must have at most %d bytes".formatted(longest));
            }
            return bytes;
        } catch (IOException e) {
            throw InvalidBody.notJson();
        }
    }

    private static InvalidBody notAnObject() {
        return new InvalidBody(
                List.of(
                        ValidationError.of(
                                "model_attributes_type",
                                List.of("body"),
                                "Input should be a valid dictionary or object to extract fields"
                                        + " from")));
    }

    private static ApiException ambiguous() {
        return ApiException.badRequest(
                "the request body must have no member twice and no NUL characters");
    }
}
