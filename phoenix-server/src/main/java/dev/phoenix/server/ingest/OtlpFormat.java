package dev.phoenix.server.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.ingest.decode.OtlpJson;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
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
        ExportTraceServiceRequest parse(byte[] body) throws MalformedRequestException {
            CodedInputStream input = CodedInputStream.newInstance(body);
            input.setRecursionLimit(MAX_NESTED_MESSAGES);
            try {
                var request = ExportTraceServiceRequest.parser().parseFrom(input);
                input.checkLastTagWas(0);
                return request;
            } catch (InvalidProtocolBufferException e) {
                throw new MalformedRequestException(
                        "the body is not an ExportTraceServiceRequest: " + e.getMessage());
            }
        }

        @Override
        byte[] encode(ExportTraceServiceResponse response) {
            return response.toByteArray();
        }

        @Override
        byte[] encode(Status status) {
            return status.toByteArray();
        }
    },
    JSON("application/json") {
        @Override
        ExportTraceServiceRequest parse(byte[] body) throws MalformedRequestException {
            return OtlpJson.parse(body);
        }

        @Override
        byte[] encode(ExportTraceServiceResponse response) {
            if (!response.hasPartialSuccess()) {
                return json(Map.of());
            }
            var partial = response.getPartialSuccess();
            // Protobuf's JSON mapping writes 64-bit integers as text.
            return json(
                    Map.of(
                            "partialSuccess",
                            Map.of(
                                    "rejectedSpans", Long.toString(partial.getRejectedSpans()),
                                    "errorMessage", partial.getErrorMessage())));
        }

        @Override
        byte[] encode(Status status) {
            return json(Map.of("code", status.getCode(), "message", status.getMessage()));
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

    abstract ExportTraceServiceRequest parse(byte[] body) throws MalformedRequestException;

    abstract byte[] encode(ExportTraceServiceResponse response);

    abstract byte[] encode(Status status);

    private static byte[] json(Map<String, ?> object) {
        return MAPPER.writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
    }
}
