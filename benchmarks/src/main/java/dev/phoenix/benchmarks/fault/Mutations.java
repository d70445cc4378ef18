package dev.phoenix.benchmarks.fault;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Recorded requests with something wrong in them; the same seed and number give the same bytes. */
final class Mutations {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_PIECE = 300;

    /** What is put in the place of a piece of a request, whatever its encoding. */
    private static final List<byte[]> PIECES =
            pieces(
                    "",
                    "\0",
                    "null",
                    "{}",
                    "[]",
                    "[[[[[[[[[[[[",
                    "}",
                    "\"",
                    "\\ud800",
                    "\\u0000",
                    "NaN",
                    "1e999",
                    "-1",
                    "9223372036854775807",
                    "18446744073709551616",
                    "0.1.2.3",
                    ".",
                    "\ufffe\ud83d\ude00",
                    "llm.token_count.prompt",
                    "session.id",
                    "openinference.project.name");

    private static final long[] TIMES = {
        0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1_700_000_000_000_000_000L
    };

    private final List<Recording> protobuf;
    private final List<Recording> json;
    private final List<Recording> rest;
    private final long seed;

    Mutations(long seed) throws IOException {
        this.seed = seed;
        this.protobuf = Recording.load(".pb");
        this.json = Recording.load(".json");
        this.rest = Recording.loadAsRest();
    }

    /** Through every door in turn. */
    Mutation number(long number) {
        var random = new SplittableRandom(seed + number * GOLDEN_GAMMA);
        Door door = Door.values()[(int) (number % Door.values().length)];
        List<Recording> recordings =
                switch (door) {
                    case JSON -> json;
                    case REST -> rest;
                    case PROTOBUF, GZIP, GRPC -> protobuf;
                };
        Recording recording = recordings.get(random.nextInt(recordings.size()));
        byte[] body = recording.withOwnIds(random);
        if (recordings == protobuf && random.nextBoolean()) {
            body = withStrangeSpans(body, random);
        }
        // Some stay readable: what is strange in them then reaches the database.
        int changes = random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes && body.length > 0; i++) {
            body = changed(body, recordings, random);
        }
        if (door == Door.GZIP) {
            body = gzipped(body);
            if (random.nextBoolean()) {
                body = changed(body, recordings, random);
            }
        }
        return new Mutation(number, door, body);
    }

    private static byte[] gzipped(byte[] body) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static byte[] changed(
            byte[] body, List<Recording> recordings, SplittableRandom random) {
        int at = random.nextInt(body.length);
        int length = Math.min(random.nextInt(LONGEST_PIECE), body.length - at);
        return switch (random.nextInt(8)) {
            case 0 -> {
                body[at] ^= (byte) (1 << random.nextInt(8));
                yield body;
            }
            case 1 -> {
                Arrays.fill(body, at, at + Math.min(length, 10), (byte) random.nextInt(256));
                yield body;
            }
            case 2 -> Arrays.copyOf(body, at);
            case 3 -> replaced(body, at, length, new byte[0]);
            case 4 -> replaced(body, at, 0, Arrays.copyOfRange(body, at, at + length));
            case 5 -> {
                byte[] noise = new byte[random.nextInt(32)];
                random.nextBytes(noise);
                yield replaced(body, at, noise.length / 2, noise);
            }
            case 6 -> {
                byte[] other = recordings.get(random.nextInt(recordings.size())).bytes();
                int from = random.nextInt(other.length);
                int to = Math.min(other.length, from + LONGEST_PIECE);
                yield replaced(body, at, length, Arrays.copyOfRange(other, from, to));
            }
            default -> replaced(body, at, length % 8, PIECES.get(random.nextInt(PIECES.size())));
        };
    }

    private static byte[] replaced(byte[] body, int at, int length, byte[] piece) {
        var changed = new ByteArrayOutputStream(body.length + piece.length);
        changed.write(body, 0, at);
        changed.writeBytes(piece);
        int rest = Math.min(body.length, at + length);
        changed.write(body, rest, body.length - rest);
        return changed.toByteArray();
    }

    /** Readable, with impossible ids, times and values in some spans. */
    private static byte[] withStrangeSpans(byte[] body, SplittableRandom random) {
        ExportTraceServiceRequest.Builder request;
        try {
            request = ExportTraceServiceRequest.parseFrom(body).toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a recording with other ids is still one", e);
        }
        for (ResourceSpans.Builder resource : request.getResourceSpansBuilderList()) {
            for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
                for (Span.Builder span : scope.getSpansBuilderList()) {
                    if (random.nextInt(3) == 0) {
                        makeStrange(span, random);
                    }
                }
            }
        }
        return request.build().toByteArray();
    }

    private static void makeStrange(Span.Builder span, SplittableRandom random) {
        switch (random.nextInt(8)) {
            case 0 -> span.setSpanId(bytes(random, random.nextInt(20)));
            case 1 -> span.setTraceId(bytes(random, random.nextInt(20)));
            case 2 -> span.setParentSpanId(span.getSpanId());
            case 3 -> span.setStartTimeUnixNano(TIMES[random.nextInt(TIMES.length)]);
            case 4 -> span.setEndTimeUnixNano(TIMES[random.nextInt(TIMES.length)]);
            case 5 -> span.setKindValue(random.nextInt()).getStatusBuilder().setCodeValue(99);
            case 6 -> span.setName("\0".repeat(random.nextInt(50)));
            default -> {
                for (int i = random.nextInt(10); i >= 0; i--) {
                    span.addAttributes(Hostile.attribute(random));
                }
            }
        }
    }

    private static ByteString bytes(SplittableRandom random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private static List<byte[]> pieces(String... pieces) {
        return Arrays.stream(pieces).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    enum Door {
        PROTOBUF,
        /** Protobuf over HTTP, compressed. */
        GZIP,
        JSON,
        GRPC,
        /** {@code POST /v1/projects/{project}/spans}. */
        REST
    }

    record Mutation(long number, Door door, byte[] body) {}
}
