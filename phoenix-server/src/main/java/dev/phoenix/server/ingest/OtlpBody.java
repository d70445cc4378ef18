package dev.phoenix.server.ingest;

import com.github.luben.zstd.ZstdIOException;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.settings.IngestSettings;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads a request body, inflating while it counts: neither a huge body nor a small one that unpacks
 * huge gets in.
 */
final class OtlpBody {

    private static final int CHUNK = 64 * 1024;
    private static final long TYPICAL_RATIO = 4;

    /** Whoever sends much more does not mind that arrays grow. */
    private static final long MAX_GUESS = 16 << 20;

    private final IngestSettings limits;

    OtlpBody(IngestSettings limits) {
        this.limits = limits;
    }

    /** What was sent, as it was sent. */
    byte[] receive(InputStream wire, ByteBudget.Reservation memory)
            throws IOException, RequestTooLargeException, OverloadException {
        return BodyBytes.received(wire, limits.maxRequestBytes(), memory);
    }

    byte[] inflate(byte[] sent, ContentEncoding encoding, ByteBudget.Reservation memory)
            throws IOException,
                    RequestTooLargeException,
                    OverloadException,
                    MalformedRequestException {
        if (encoding == ContentEncoding.IDENTITY) {
            return BodyBytes.plain(sent, limits.maxInflatedRequestBytes(), memory);
        }
        memory.hold(encoding.windowBytes());
        try (InputStream plain = encoding.open(new ByteArrayInputStream(sent))) {
            return BodyBytes.inflated(
                    plain,
                    encoding.inflatedBytes(sent.length),
                    limits.maxInflatedRequestBytes(),
                    memory);
        } catch (ZipException | EOFException | ZstdIOException e) {
            throw new MalformedRequestException(
                    "the body is not valid " + encoding.label() + " data");
        }
    }

    /** The content encodings of OTLP over HTTP. */
    enum ContentEncoding {
        IDENTITY {
            @Override
            InputStream open(InputStream wire) {
                return wire;
            }
        },
        GZIP {
            @Override
            InputStream open(InputStream wire) throws IOException {
                return new GZIPInputStream(wire, CHUNK);
            }
        },
        DEFLATE {
            @Override
            InputStream open(InputStream wire) {
                return new InflaterInputStream(wire);
            }
        },
        ZSTD {
            @Override
            InputStream open(InputStream wire) throws IOException {
                return Zstd.open(wire);
            }

            @Override
            long windowBytes() {
                return Zstd.WINDOW_BYTES;
            }
        };

        static Optional<ContentEncoding> of(String name) {
            return Stream.of(values())
                    .filter(encoding -> encoding.name().equalsIgnoreCase(name.strip()))
                    .findFirst();
        }

        abstract InputStream open(InputStream wire) throws IOException;

        /** About what comes out of so many bytes of telemetry. */
        int inflatedBytes(int sent) {
            return this == IDENTITY ? sent : (int) Math.min(sent * TYPICAL_RATIO, MAX_GUESS);
        }

        /**
         * What a decoder keeps of its output beside it; next to nothing with the other encodings.
         */
        long windowBytes() {
            return 0;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
