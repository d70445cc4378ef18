package dev.phoenix.benchmarks.fault;

import com.google.protobuf.ByteString;
import dev.phoenix.benchmarks.scenario.LaunchOptions;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request that an instrumentation library sent, and where its ids are: a mutation of a known span
 * would be compared with it and dropped, so each gets its own.
 *
 * @param text whether ids are hexadecimal, as in JSON
 */
record Recording(byte[] bytes, boolean text, List<Id> ids) {

    private static final Pattern JSON_ID =
            Pattern.compile(
                    "\"(?:traceId|spanId|parentSpanId|trace_id|span_id|parent_id)\"\\s*:\\s*\"([0-9a-fA-F]{16,32})\"");

    static List<Recording> load(String extension) throws IOException {
        Path folder =
                LaunchOptions.launcher()
                        .resolveSibling("phoenix-server/src/test/resources/otlp")
                        .toAbsolutePath();
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files =
                    found.filter(file -> isRequest(file.getFileName().toString(), extension))
                            .sorted()
                            .toList();
        }
        List<Recording> recordings = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            recordings.add(extension.equals(".json") ? json(bytes) : protobuf(bytes));
        }
        return recordings;
    }

    /** Those in JSON, as the REST API takes them. */
    static List<Recording> loadAsRest() throws IOException {
        return load(".json").stream().map(otlp -> json(RestBody.of(otlp.bytes()))).toList();
    }

    private static boolean isRequest(String file, String extension) {
        return file.endsWith(extension)
                && !file.endsWith(".expected" + extension)
                && !file.endsWith(".logs" + extension);
    }

    private static Recording json(byte[] bytes) {
        List<Id> ids = new ArrayList<>();
        // One byte a character, so that places in the text are places in the bytes.
        Matcher found = JSON_ID.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (found.find()) {
            ids.add(new Id(found.start(1), found.end(1) - found.start(1)));
        }
        return new Recording(bytes, true, ids);
    }

    private static Recording protobuf(byte[] bytes) throws IOException {
        var values = new TreeSet<ByteString>(ByteString.unsignedLexicographicalComparator());
        for (Span span : spans(ExportTraceServiceRequest.parseFrom(bytes))) {
            values.addAll(List.of(span.getTraceId(), span.getSpanId(), span.getParentSpanId()));
        }
        values.remove(ByteString.EMPTY);
        List<Id> ids = new ArrayList<>();
        for (ByteString value : values) {
            byte[] wanted = value.toByteArray();
            for (int at = 0; at + wanted.length <= bytes.length; at++) {
                if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                    ids.add(new Id(at, wanted.length));
                }
            }
        }
        return new Recording(bytes, false, ids);
    }

    private static List<Span> spans(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** The same bits change in every id, which keeps who refers to whom. */
    byte[] withOwnIds(SplittableRandom random) {
        byte[] copy = bytes.clone();
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        for (Id id : ids) {
            if (text) {
                changeHex(copy, id, bits);
            } else {
                for (int i = 0; i < id.length(); i++) {
                    copy[id.at() + i] ^= bits[i];
                }
            }
        }
        return copy;
    }

    private static void changeHex(byte[] copy, Id id, byte[] bits) {
        for (int i = 0; i < id.length(); i++) {
            int half = HexFormat.fromHexDigit(copy[id.at() + i]) ^ (bits[i / 2] & 15);
            copy[id.at() + i] = (byte) Character.forDigit(half, 16);
        }
    }

    record Id(int at, int length) {}
}
