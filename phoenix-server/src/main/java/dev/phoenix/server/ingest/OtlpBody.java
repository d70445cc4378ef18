package dev.phoenix.server.ingest;

import com.github.luben.zstd.ZstdIOException;
import dev.phoenix.server.api.CappedStream;
import dev.phoenix.server.ingest.decode.MalformedRequestException;
import dev.phoenix.server.settings.IngestSettings;
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

    private final IngestSettings limits;

    OtlpBody(IngestSettings limits) {
        this.limits = limits;
    }

    byte[] read(InputStream wire, ContentEncoding encoding, ByteBudget.Reservation memory)
            throws IOException,
                    RequestTooLargeException,
                    OverloadException,
                    MalformedRequestException {
        CappedStream capped = new CappedStream(wire, limits.maxRequestBytes(), OtlpBody::refuse);
        try {
            memory.hold(encoding.windowBytes());
            try (InputStream plain = encoding.open(capped)) {
                return InflatedBody.read(plain, 0, limits.maxInflatedRequestBytes(), memory);
            }
        } catch (ZipException | EOFException | ZstdIOException e) {
            throw new MalformedRequestException(
                    "the body is not valid " + encoding.label() + " data");
        } catch (TooManyBytesException e) {
            throw new RequestTooLargeException(
                    "the request", limits.maxRequestBytes(), "PHOENIX_MAX_REQUEST_BYTES");
        }
    }

    private static void refuse() throws TooManyBytesException {
        throw new TooManyBytesException();
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

    private static final class TooManyBytesException extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
