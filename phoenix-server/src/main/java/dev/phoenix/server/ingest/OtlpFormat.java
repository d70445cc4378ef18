package dev.phoenix.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** The two encodings of OTLP over HTTP; an answer uses the one of its request. */
enum OtlpFormat {
    PROTOBUF("application/x-protobuf") {
        @Override
        <Q> Q parse(Signal<Q, ?> signal, byte[] body) throws MalformedRequestException {
            CodedInputStream input = CodedInputStream.newInstance(body);
            input.setRecursionLimit(MAX_NESTED_MESSAGES);
            try {
                Q request = signal.parse(input);
                input.checkLastTagWas(0);
                return request;
            } catch (InvalidProtocolBufferException e) {
                throw new MalformedRequestException(
                        "the body is not an " + signal.requestName() + ": " + e.getMessage());
            }
        }

        @Override
        byte[] encode(Message message) {
            return message.toByteArray();
        }
    },
    JSON("application/json") {
        @Override
        <Q> Q parse(Signal<Q, ?> signal, byte[] body) throws MalformedRequestException {
            return signal.parse(body);
        }

        @Override
        byte[] encode(Message message) {
            return MAPPER.writeValueAsString(members(message)).getBytes(StandardCharsets.UTF_8);
        }
    };

    /** A list of names and values is three messages deep, so that 250 such lists can be read. */
    private static final int MAX_NESTED_MESSAGES = 750;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String contentType;

    OtlpFormat(String contentType) {
        this.contentType = contentType;
    }

    static Optional<OtlpFormat> of(String contentType) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            String name = type.getType() + "/" + type.getSubtype();
            return Stream.of(values())
                    .filter(format -> format.contentType.equalsIgnoreCase(name))
                    .findFirst();
        } catch (InvalidMediaTypeException e) {
            return Optional.empty();
        }
    }

    String contentType() {
        return contentType;
    }

    /** As OpenTelemetry's configuration names it. */
    String protocol() {
        return "http/" + name().toLowerCase(Locale.ROOT);
    }

    abstract <Q> Q parse(Signal<Q, ?> signal, byte[] body) throws MalformedRequestException;

    /** An answer or a {@code Status}; both are made of numbers, texts and messages. */
    abstract byte[] encode(Message message);

    private static Map<String, Object> members(Message message) {
        Map<String, Object> members = new LinkedHashMap<>();
        message.getAllFields()
                .forEach((field, value) -> members.put(field.getJsonName(), member(value)));
        return members;
    }

    /** Protobuf's JSON mapping writes 64-bit integers as text. */
    private static Object member(Object value) {
        return switch (value) {
            case Message message -> members(message);
            case Long number -> number.toString();
            default -> value;
        };
    }
}
